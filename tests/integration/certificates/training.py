"""A training that was completed: signed by the real services, session by session, then judged."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from tests.cast import ZONE, Cast
from tests.integration.signoff.acts import case_of, sign, there, viewer_of
from trainer.certificates import services
from trainer.certificates.models import Certificate
from trainer.config import Settings
from trainer.curriculum.rules import Catalogue, Programme
from trainer.people.models import Person
from trainer.people.rules import Role
from trainer.signoff import judging
from trainer.signoff.rules import safety_modules

AFTER = datetime(2026, 11, 6, 10, 0, tzinfo=UTC)  # the day after the last session
ISSUED = datetime(2026, 11, 10, 10, 0, tzinfo=UTC)


def hold_sessions(db: Session, cast: Cast, programme: Programme) -> None:
    """Everybody of cohort A was in all ten sessions and showed everything; Ruth signed them, Daniel 4 and 7."""
    trainees = (cast.amara, cast.siobhan, cast.tane, cast.madonna, cast.yael)
    for session, plan in zip(cast.sessions_a, programme.sessions, strict=True):
        seen = there(*(behaviour.id for behaviour in plan.behaviours))
        wanted = {person.id: seen for person in trainees}
        sign(db, session.leaders[0], session, programme, wanted, now=AFTER)


def judge(db: Session, cast: Cast, person: Person, programme: Programme, catalogue: Catalogue) -> None:
    """Ruth judges somebody ready, and talks the safety topics through with them."""
    for module in safety_modules(programme, catalogue):
        case = case_of(db, cast.ruth, cast.cohort_a, person, programme, AFTER)
        judging.meet_another_way(db, viewer_of(cast.ruth), case, module, "conversation", ZONE, AFTER)
    case = case_of(db, cast.ruth, cast.cohort_a, person, programme, AFTER)
    judging.judge(db, viewer_of(cast.ruth), case, True, "You wait, and people go on.", ZONE, AFTER)


def issue(
    db: Session, cast: Cast, person: Person, catalogue: Catalogue, settings: Settings, now: datetime = ISSUED
) -> Certificate:
    """Priya issues somebody's certificate."""
    priya = viewer_of(cast.priya, Role.COORDINATOR)
    return services.issue(db, priya, cast.cohort_a.id, person.id, catalogue, settings, now)
