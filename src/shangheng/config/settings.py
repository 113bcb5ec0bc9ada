"""Settings, all from the environment; a bad value stops the start with a clear message."""

from datetime import time
from pathlib import Path

from django.utils.csp import CSP

from shangheng.config.environment import Environment
from shangheng.core.operations.logs import logging_of
from shangheng.methods.documents.fonts import FontNames

env = Environment.from_process()

DATA_DIR = env.path("SHANGHENG_DATA", default=Path.cwd() / "var")
DEBUG = env.flag("SHANGHENG_DEBUG", default=False)
SECRET_KEY = env.secret("SHANGHENG_SECRET_KEY", keep_in=DATA_DIR / "secret-key")
ALLOWED_HOSTS = env.words("SHANGHENG_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.words("SHANGHENG_ORIGINS", default=[])
HTTPS = env.flag("SHANGHENG_HTTPS", default=False)
TRUSTED_PROXIES = env.networks("SHANGHENG_TRUSTED_PROXIES")

DATABASES = {"default": env.database("SHANGHENG_DATABASE", default=DATA_DIR / "shangheng.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "shangheng.core.audit",
    "shangheng.core.accounts",
    "shangheng.core.signin",
    "shangheng.core.search",
    "shangheng.core.ui",
    "shangheng.core.jobs",
    "shangheng.core.api",
    "shangheng.core.lists",
    "shangheng.core.administration",
    "shangheng.core.notices",
    "shangheng.engines.registry",
    "shangheng.core.operations",
    "shangheng.core.imports",
    "shangheng.core.dictionaries",
    "shangheng.engines.evidence",
    "shangheng.engines.ledger",
    "shangheng.engines.cases",
    "shangheng.desks.targets",
    "shangheng.desks.briefing",
    "shangheng.desks.investment",
]

MIDDLEWARE = [
    "shangheng.core.operations.middleware.WatchMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shangheng.core.audit.middleware.OriginMiddleware",
    "shangheng.core.database.unkept.UnkeptMiddleware",
    "shangheng.core.accounts.middleware.KeepAliveMiddleware",
    "shangheng.core.api.middleware.ApiMiddleware",
    "shangheng.core.accounts.middleware.GateMiddleware",
    "shangheng.core.ui.middleware.NotAllowedMiddleware",
]

ROOT_URLCONF = "shangheng.config.urls"
WSGI_APPLICATION = "shangheng.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shangheng.core.ui.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "shangheng.core.ui.templatetags.ui"],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LANDING_PAGES = ("cockpit", "people", "audit")  # one starts at the first that one may open
AUTHENTICATION_BACKENDS = ["shangheng.core.accounts.backends.PeopleBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_MIN_LENGTH = env.number("SHANGHENG_PASSWORD_MIN_LENGTH", default=10)
PASSWORD_DAYS = env.number("SHANGHENG_PASSWORD_DAYS", default=180)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "shangheng.core.accounts.passwords.LengthValidator",
        "OPTIONS": {"min_length": PASSWORD_MIN_LENGTH},
    },
    {"NAME": "shangheng.core.accounts.passwords.CharacterClassesValidator"},
    {
        "NAME": "shangheng.core.accounts.passwords.SimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "display_name"]},
    },
    {"NAME": "shangheng.core.accounts.passwords.CommonValidator"},
]
LOCKOUT_FAILURES = env.number("SHANGHENG_LOCKOUT_FAILURES", default=5)
LOCKOUT_MINUTES = env.number("SHANGHENG_LOCKOUT_MINUTES", default=15)
SESSION_COOKIE_AGE = 60 * env.number("SHANGHENG_SESSION_MINUTES", default=120)

SECOND_FACTOR_ROLES = env.words("SHANGHENG_SECOND_FACTOR_ROLES", default=[])
OIDC_ISSUER = env.text("SHANGHENG_OIDC_ISSUER", default="")
OIDC_CLIENT_ID = env.text("SHANGHENG_OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.text("SHANGHENG_OIDC_CLIENT_SECRET", default="")
OIDC_CLAIM = env.text("SHANGHENG_OIDC_CLAIM", default="preferred_username")
OIDC_SCOPE = env.text("SHANGHENG_OIDC_SCOPE", default="openid profile")
OIDC_NAME = env.text("SHANGHENG_OIDC_NAME", default="统一身份认证")
OIDC_CREATE = env.flag("SHANGHENG_OIDC_CREATE", default=False)

API_TOKEN_DAYS = env.number("SHANGHENG_API_TOKEN_DAYS", default=365)
API_TOKEN_RATE = env.number("SHANGHENG_API_TOKEN_RATE", default=600)
API_ADDRESS_RATE = env.number("SHANGHENG_API_ADDRESS_RATE", default=1200)
API_ANSWER_HOURS = 48  # how long an idempotency key is remembered

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
TIME_ZONE = env.text("SHANGHENG_TIME_ZONE", default="Asia/Shanghai")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
EVIDENCE_DIR = DATA_DIR / "evidence"
EVIDENCE_MAX_BYTES = 1024 * 1024 * env.number("SHANGHENG_EVIDENCE_MAX_MB", default=50)
MALWARE_SCANNER = env.scanner("SHANGHENG_MALWARE_SCANNER")
MALWARE_UNSCANNED = env.choice("SHANGHENG_MALWARE_UNSCANNED", ("refuse", "accept"))
EXPORT_ROWS_AT_ONCE = env.number("SHANGHENG_EXPORT_ROWS_AT_ONCE", default=5000)
JOBS_INSIDE = env.count("SHANGHENG_WORKERS_INSIDE", default=2)
JOBS_LEASE_SECONDS = env.number("SHANGHENG_JOBS_LEASE_SECONDS", default=30)
JOBS_KEEP_DAYS = env.number("SHANGHENG_JOBS_KEEP_DAYS", default=30)
JOBS_FILE_MAX_BYTES = 1024 * 1024 * env.number("SHANGHENG_JOBS_FILE_MAX_MB", default=200)
WHITENOISE_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

HOME_AREA = env.text("SHANGHENG_AREA", default="420112")
BUREAU_NAME = env.text("SHANGHENG_BUREAU", default="东西湖区商务局")

MAIL_SERVER = env.mail_server("SHANGHENG_MAIL_SERVER")
MAIL_FROM = env.text("SHANGHENG_MAIL_FROM", default="shangheng@localhost")
ADDRESS = env.text("SHANGHENG_ADDRESS", default="").rstrip(
    "/"
)  # for links in what leaves the platform
QUIET_HOURS = env.hours("SHANGHENG_QUIET_HOURS")
DIGEST_AT = env.hour("SHANGHENG_DIGEST_AT", default=time(17, 0))
MAIL_CAP = env.number("SHANGHENG_MAIL_CAP", default=20)
OUTGOING_NETWORKS = env.networks("SHANGHENG_OUTGOING_NETWORKS")

_FONTS = FontNames()
REPORT_FONTS = FontNames(
    title=env.text("SHANGHENG_FONT_TITLE", default=_FONTS.title),
    body=env.text("SHANGHENG_FONT_BODY", default=_FONTS.body),
    heading1=env.text("SHANGHENG_FONT_HEADING1", default=_FONTS.heading1),
    heading2=env.text("SHANGHENG_FONT_HEADING2", default=_FONTS.heading2),
    page=env.text("SHANGHENG_FONT_PAGE", default=_FONTS.page),
)
REPORT_FONT_DIRS = [
    Path(folder).expanduser().absolute() for folder in env.words("SHANGHENG_FONT_DIRS", default=[])
]

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "report-uri": ["/csp-report/"],  # browsers that do not know the next
    "report-to": ["csp"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "shangheng.core.signin.views.entering.not_from_a_page"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOG_FORM = env.choice("SHANGHENG_LOG_FORMAT", ("console", "json"))
LOGGING = logging_of(
    form=LOG_FORM,
    level=env.choice("SHANGHENG_LOG_LEVEL", ("WARNING", "ERROR", "INFO", "DEBUG")),
    requests=env.flag("SHANGHENG_LOG_REQUESTS", default=LOG_FORM == "json"),
)

METRICS_TOKEN = env.text("SHANGHENG_METRICS_TOKEN", default="")
METRICS_ADDRESSES = env.networks("SHANGHENG_METRICS_ADDRESSES")
BACKUP_DIR = env.path("SHANGHENG_BACKUP_DIR", default=DATA_DIR / "backups")
BACKUP_AT = env.hour_or_off("SHANGHENG_BACKUP_AT", default=time(2, 30))
BACKUP_DAILY = env.number("SHANGHENG_BACKUP_DAILY", default=7)
BACKUP_WEEKLY = env.count("SHANGHENG_BACKUP_WEEKLY", default=4)
BACKUP_KEY = env.key("SHANGHENG_BACKUP_KEY")
DISK_MIN_BYTES = 1024 * 1024 * env.number("SHANGHENG_DISK_MIN_MB", default=500)
ENVIRONMENT = env.given()  # for who helps from afar, with the secrets masked
