"""What is asked about a penalty notice."""

from wtforms.validators import ValidationError

from portal.notices import proposal, rules
from portal.web.forms import (
    CheckboxField,
    DataRequired,
    DatePartsField,
    FileField,
    Optional,
    PortalForm,
    RadiosField,
    TextAreaField,
    TextField,
)


class ProposalForm(PortalForm):
    """What the officer gives: register, calendar, period, notices by others, posting day."""

    marks = TextAreaField(
        "Attendance marks", [Optional()], description="A line a day: the date, the morning code, the afternoon code"
    )
    extract = FileField(
        "Or upload the register extract (optional)",
        thing="register extract",
        description="A spreadsheet or CSV file with the columns date, am, pm",
    )
    terms = TextAreaField(
        "The school’s terms", [Optional()], description="A line each, like 2 September 2026 to 23 October 2026"
    )
    closed = TextAreaField(
        "Days in term on which the school was closed (optional)",
        [Optional()],
        description="A line each, like 30 November 2026",
    )
    offence_from = DatePartsField(
        "First day of the offence period",
        [DataRequired("Enter the first day of the offence period")],
        subject="The first day",
    )
    offence_to = DatePartsField(
        "Last day of the offence period",
        [DataRequired("Enter the last day of the offence period")],
        subject="The last day",
    )
    elsewhere = TextAreaField(
        "Earlier notices by others to this parent for this child (optional)",
        [Optional()],
        description="A line each: date of issue, first day of its offence period",
    )
    asked = TextField(
        "Whom you asked about earlier notices",
        [DataRequired("Enter whom you asked: the school, the police, the authority before")],
    )
    why = TextAreaField(
        "Your answer to warnings (optional)",
        [Optional()],
        description="Why a notice is right all the same, where the threshold is not met or a mark is not settled",
    )
    proceedings = CheckboxField("Proceedings for this offence are begun or considered")
    posting = DatePartsField(
        "Planned day of posting, first class",
        [DataRequired("Enter the planned day of posting")],
        subject="The posting day",
    )


class DigestForm(PortalForm):
    """A button that carries what the page showed."""


class ReturnForm(PortalForm):
    """Why it goes back."""

    because = TextAreaField("What should the officer look at?", [DataRequired("Enter what the officer should look at")])


class PostingForm(PortalForm):
    """The real day."""

    posted = DatePartsField(
        "Day of posting, first class", [DataRequired("Enter the day of posting")], subject="The posting day"
    )


class PaymentForm(PortalForm):
    """What came, and when."""

    pounds = TextField("Amount in pounds", [DataRequired("Enter how much was paid")])
    paid = DatePartsField("Day of payment", [DataRequired("Enter the day of payment")], subject="The day of payment")

    def validate_pounds(self, field: TextField) -> None:
        if not proposal.pence(field.data):
            raise ValidationError("Amount must be a number of pounds, like 80 or 80.50")


class WithdrawalForm(PortalForm):
    """The ground."""

    ground = RadiosField("Why is it withdrawn?", missing="Select the ground", choices=rules.GROUNDS)
    because = TextAreaField("Details", [DataRequired("Enter the details")])


class AnewForm(PortalForm):
    """A new day."""

    posting = DatePartsField(
        "New planned day of posting, first class",
        [DataRequired("Enter the planned day of posting")],
        subject="The posting day",
    )
