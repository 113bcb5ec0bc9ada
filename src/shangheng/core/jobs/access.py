"""The one door to a job and to the files that it leaves."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from shangheng.core.accounts.access import allows
from shangheng.core.accounts.explain import Place
from shangheng.core.accounts.models import User
from shangheng.core.jobs.models import Artefact, Job
from shangheng.core.jobs.registry import known


def access_job(*, actor: User, pk: int) -> Job:
    """A job of one's own, or any for who manages them. Raises Http404."""
    job = Job.objects.select_related("actor").filter(pk=pk).first()
    if job is None or not (job.actor_id == actor.pk or allows(actor, "jobs.manage")):
        raise Http404
    return job


def place_of_job(pk: int) -> Place | None:
    """Whose a job is, for the explanation of rights."""
    job = Job.objects.filter(pk=pk).only("actor_id").first()
    return Place(owner_id=job.actor_id) if job else None


def may_take_files(actor: User, job: Job) -> bool:
    """Whether the files of a job may be handed to a person.

    They hold business data, which who manages jobs may not see: one's own, while one may still do
    such a job; those of schedules, which are nobody's, for who manages jobs.
    """
    if job.actor_id is None:
        return allows(actor, "jobs.manage")
    handler = known(job.kind)
    permission = handler.permission if handler else ""
    return job.actor_id == actor.pk and (not permission or allows(actor, permission))


def access_artefact(*, actor: User, job: Job, pk: int) -> Artefact:
    """A file of the job. Raises Http404, PermissionDenied."""
    artefact = Artefact.objects.select_related("job").filter(job=job, pk=pk).first()
    if artefact is None:
        raise Http404
    if not may_take_files(actor, job):
        raise PermissionDenied
    return artefact
