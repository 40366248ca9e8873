"""What people do about consortia: found one, offer and take seats, join as a partner, be helped, confirm a member."""

from amont.consortia.actions.checking import check_member, write_letter
from amont.consortia.actions.deciding import propose, settle_proposals, vote, withdraw_proposal
from amont.consortia.actions.founding import found
from amont.consortia.actions.helping import accept_help, end_help
from amont.consortia.actions.partners import join_as_partner, leave_as_partner
from amont.consortia.actions.seats import mail_again_from_link, offer_seat, resend_seat, withdraw_seat
from amont.consortia.actions.starting import ask_to_found, open_account_to_found
from amont.consortia.actions.taking import open_account_and_take_seat, take_seat

__all__ = [
    "accept_help",
    "ask_to_found",
    "check_member",
    "end_help",
    "found",
    "join_as_partner",
    "leave_as_partner",
    "mail_again_from_link",
    "offer_seat",
    "open_account_and_take_seat",
    "open_account_to_found",
    "propose",
    "resend_seat",
    "settle_proposals",
    "take_seat",
    "vote",
    "withdraw_proposal",
    "withdraw_seat",
    "write_letter",
]
