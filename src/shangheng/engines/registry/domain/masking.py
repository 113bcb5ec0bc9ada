"""Personal data as it is shown to those who need not know it (个人信息脱敏)."""

STAR = "*"


def mask_name(name: str) -> str:
    """The family name and stars: 张*, 欧**; nothing of a name of one character."""
    return name[:1] + STAR * (len(name) - 1) if len(name) > 1 else STAR * len(name)


def mask_number(number: str) -> str:
    """The first three and last two digits of a telephone or identity number.

    Short numbers keep only their last two.
    """
    kept = 3 if len(number) > 7 else 0
    hidden = max(len(number) - kept - 2, 0)
    return number[:kept] + STAR * hidden + number[kept + hidden :] if hidden else STAR * len(number)


def mask_address(address: str) -> str:
    """An e-mail address with its domain and the first letter of who it is."""
    who, at, domain = address.partition("@")
    return f"{who[:1]}{STAR * 3}{at}{domain}" if at else STAR * len(address)
