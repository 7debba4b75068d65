"""The review lists, one file each; a new list is a file and a line here."""

from exposures.reviews.asset_screening import AssetScreening
from exposures.reviews.bank_soundness import BankSoundness
from exposures.reviews.client_notices import ClientNotices
from exposures.reviews.counterparty_risk import CounterpartyRisk
from exposures.reviews.debt_contagion import DebtContagion
from exposures.reviews.exposure_reduction import ExposureReduction
from exposures.reviews.institution_notices import InstitutionNotices
from exposures.reviews.lending_restraint import LendingRestraint
from exposures.reviews.overseas_layout import OverseasLayout
from exposures.reviews.project_approval import ProjectApproval
from exposures.reviews.review_list import ReviewList

REVIEW_LISTS: tuple[ReviewList, ...] = (
    AssetScreening(),
    OverseasLayout(),
    ExposureReduction(),
    LendingRestraint(),
    ProjectApproval(),
    InstitutionNotices(),
    ClientNotices(),
    BankSoundness(),
    DebtContagion(),
    CounterpartyRisk(),
)
