"""Imports every feature's models, so that one metadata knows every table."""

from trainer.accounts import models as accounts
from trainer.certificates import models as certificates
from trainer.cohorts import models as cohorts
from trainer.journal import models as journal
from trainer.learning import models as learning
from trainer.ledger import models as ledger
from trainer.people import models as people
from trainer.signoff import models as signoff
from trainer.signposting import models as signposting

FEATURES = (people, ledger, signposting, accounts, cohorts, learning, journal, signoff, certificates)
