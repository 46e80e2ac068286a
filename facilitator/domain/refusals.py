"""Every "no" that the house can say, in one table: what went wrong and what to do about it.

A rule raises `Refused(code, **details)`. The edge (socket, HTTP, command line) turns it into a sentence in the
reader's language with `sentence()`. Codes are part of the protocol; the sentences are part of the interface.
"""

from __future__ import annotations

from collections.abc import Callable


class Refused(Exception):
    """A rule said no. `code` is a key of `REFUSALS`; `details` fill the sentence's placeholders."""

    def __init__(self, code: str, /, **details: object) -> None:
        if code not in REFUSALS:
            raise KeyError(f"no sentence for refusal {code!r}: add it to REFUSALS")
        super().__init__(code)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        return sentence(self)


def N_(text: str) -> str:
    """Mark a sentence for the translators' catalogue; it is translated where it is shown."""
    return text


REFUSALS: dict[str, str] = {
    # shape of a message
    "bad_json": N_("This is not valid JSON. Send one JSON object."),
    "bad_message": N_("The message is not of the right form: {why}. Correct it and send it again."),
    "unknown_command": N_("There is no command “{name}”. Reload the page; it may be from an older version."),
    "unknown_page": N_("There is nothing at this address. Check the link, or start again from the join code."),
    "too_big": N_("This message is larger than {limit} kB. Send less at once."),
    # who is asking
    "not_signed_in": N_("We do not know who you are. Join with the event's code or open your personal link again."),
    "not_yours": N_("You have no access to this. Open it with the link you got for it, or ask your facilitator."),
    "not_allowed": N_("Your role ({role}) cannot do this here. Ask the facilitator."),
    "not_scribe": N_("Only the scribe of this group can do this. Ask your facilitator."),
    "not_your_group": N_("This board belongs to another group. Go back to the lobby to find yours."),
    "code_unknown": N_("No event has the code {code}. Check it on the screen and type it again."),
    "code_expired": N_("The code {code} has been replaced by a new one. Look at the screen or ask your facilitator."),
    "link_unknown": N_("This personal link is not known. Check that it was copied whole, or ask your facilitator."),
    "link_expired": N_("This personal link has been replaced by a new one. Ask your facilitator for it."),
    "too_many_tries": N_("Too many wrong codes from here. Wait a minute and try again."),
    "too_fast": N_("That was very fast. Wait a second; what you typed is kept."),
    "too_many_windows": N_("You have this event open in too many windows. Close one and reload this page."),
    "form_expired": N_("This form was open for too long, or in another browser. Send it again from here."),
    "sign_in_wrong": N_("This address and password do not belong together. Check both and try again."),
    "setup_done": N_("This installation has its first organiser already. Sign in instead."),
    "setup_token_wrong": N_("This is not the setup token. It stands on the console in which the server was started."),
    "email_wrong": N_("This is not an e-mail address. It has the form name@example.org."),
    "email_taken": N_("There is an account with this address already. Sign in instead."),
    "password_length": N_("A password has {least} to {most} characters. A few words in a row are easy to keep."),
    "date_wrong": N_("Choose the first day of the event from the calendar."),
    "agenda_wrong": N_("The event cannot be made like this: {why}"),
    # names and words
    "name_empty": N_("Please type your name so that others know who you are."),
    "name_too_long": N_("This name has {length} characters; {limit} is the most. Use a shorter one."),
    "name_controls": N_("This name contains invisible control characters. Type it by hand instead of pasting it."),
    "organisation_unknown": N_("Choose your organisation from the list of this event."),
    "text_empty": N_("There is nothing in it yet. Write a few words first."),
    "title_empty": N_("Give it a title."),
    "text_too_long": N_("This has {length} characters; {limit} is the most. Shorten it by {over}."),
    "reason_empty": N_("Say in a few words why, so that the author understands."),
    # setting up: rosters, groups, agendas
    "sheet_empty": N_("There is no line with text in it. Paste the table, or choose the file again."),
    "sheet_unreadable": N_("This file cannot be read as a table. Save it as XLSX or CSV and choose it again."),
    "sheet_old": N_("This is an old Excel file (.xls). Save it as XLSX or CSV and choose it again."),
    "sheet_too_big": N_("This file is larger than {limit} MB. Leave out what is not the list of people."),
    "sheet_long": N_("This table has more than {limit} lines. Bring the people in by several files."),
    "sheet_wide": N_("This table has more than {limit} columns. Leave out those that are not needed."),
    "wifi_wrong": N_("A Wi-Fi name has at most 32 characters, its password 8 to 63. Check both with the venue."),
    "no_name_column": N_("Say which column holds the names."),
    "nobody_in_it": N_("There is nobody in it to bring in."),
    "roster_full": N_("An event has at most {limit} people on its roster; this would make {count}."),
    "person_known": N_("The roster has {name} already. Leave this line out."),
    "line_twice": N_("This is {name} of line {line} again. Leave one of the two out."),
    "email_twice": N_("The address {email} stands in line {line} too. Correct one of the two."),
    "organisation_name": N_("This organisation's name has {length} characters; {limit} is the most."),
    "group_known": N_("The event has the group {name} already. Choose another name."),
    "group_missing_here": N_("This event has no such group. Reload the page."),
    "group_plenary": N_("The plenary is everybody together, so it stays."),
    "groups_many": N_("An event has at most {limit} groups."),
    "groups_none": N_("Make the breakout groups first, then the sessions in which they work."),
    "two_groups": N_("Nobody sits in two breakout groups at once. Choose one for {name}."),
    "person_seated_twice": N_("Somebody is named twice in this. Reload the page and do it again."),
    "nothing_to_undo": N_("There is nothing to take back."),
    "board_used": N_("The group {name} has begun to work here. What it wrote stays."),
    "lanes_used": N_("The group has begun to work on this board. Its lanes stay."),
    "lanes_needed": N_("A step of this board votes on its lanes. Leave at least one."),
    "minutes_wrong": N_("Say how many minutes it takes: 1 to 1440."),
    "day_unknown": N_("This event has no such day. Reload the page."),
    "day_last": N_("An event has one day at least. Change this one instead."),
    "day_used": N_("Something has been concluded on this day. It stays."),
    "days_many": N_("An event has at most {limit} days."),
    "date_taken": N_("The event has a day on {date} already. Choose another date."),
    "sessions_many": N_("A day has at most {limit} sessions."),
    "session_begun": N_("The session “{title}” has begun. It stays where it is."),
    "organisation_kept": N_(
        "What {name} contributed belongs to an organisation already. Rename that if it is misspelt."
    ),
    "organisation_known": N_("The event has the organisation {name} already. Choose another name."),
    "organisation_used": N_("People or plans belong to {name}. Only an unused organisation can be removed."),
    "language_unknown": N_("We know no language “{language}”. Use its name or a code such as en, es, fr."),
    "role_unknown": N_("No role “{role}” can be given here. Use one of: {roles}."),
    "kind_unknown": N_("No kind of organisation is called “{kind}”. Use member or collaborating."),
    "person_closed": N_("The seat of {name} is closed. Open it again first."),
    "event_over": N_("This event is over; its code lets nobody in any more."),
    "event_deleted": N_("This event has been deleted. Its organisers can restore it for some days."),
    "invitation_unknown": N_("This invitation is not known. Check that the link was copied whole."),
    "invitation_used": N_("This invitation has been used already. Sign in, or ask for another one."),
    "invitation_expired": N_("This invitation is no longer open. Ask for another one."),
    "template_unknown": N_("There is no such template. Choose one of those that are shown."),
    "archive_running": N_("People are being asked in “{what}” right now. Close that first; then the archive is whole."),
    "archive_unreadable": N_("This is no archive of an event. Choose the zip file that an event's page gave you."),
    "archive_too_big": N_("There is more than {limit} MB in this file. That is no archive of an event."),
    "archive_heavy": N_("This file is larger than {limit} MB. Bring it in on the console (import-event)."),
    "archive_files": N_("Files in this archive are missing, or do not belong to it: {names}. Get the file once more."),
    "archive_newer": N_("A later version of Facilitator wrote this archive ({version}). Bring it in with that one."),
    "archive_changed": N_("This archive is damaged: {name} is not what was written into it. Get the file once more."),
    "archive_wrong": N_("This archive does not add up: {why}. Nothing was brought in. Get the file once more."),
    "archive_known": N_("This installation has the event “{title}” already, or a part of it. Nothing was brought in."),
    "erase_unsure": N_("Read what goes and what stays, and tick that you have."),
    "person_erased": N_("This person was erased for good. Put them on the roster anew if they come back."),
    "seat_closed": N_("Your seat at this event has been closed. Ask the organiser if that is a mistake."),
    "not_oneself": N_("You cannot take yourself off the roster. Another organiser can."),
    # boards and steps
    "step_closed": N_("This step is closed. The facilitator can open it again."),
    "step_other": N_("This is not possible in the step “{step}”. Wait until the facilitator opens the right one."),
    "step_unknown": N_("This board has no such step. Reload the page."),
    "step_not_open": N_("No step of this board is open, so there is nothing to close."),
    "lane_unknown": N_("Choose one of the board's lanes."),
    "proposal_unknown": N_("This proposal is not on this board."),
    "proposal_not_own": N_("Only its author can change this proposal."),
    "proposal_hidden": N_("The facilitator has hidden this proposal ({reason})."),
    "proposal_withdrawn": N_("Its author has withdrawn this proposal."),
    "proposal_parked": N_("This proposal is in the parking lot. Take it back from there first."),
    "proposal_merged": N_("This proposal has been merged into another one. Split that one first."),
    "proposal_split": N_("This proposal has been split into its parts again."),
    "proposal_shared": N_("These lines come from another group. You can endorse or answer them, and not change them."),
    "proposal_given": N_("This belongs to the activity and stays as it is."),
    "proposal_not_merged": N_("This proposal was not merged out of others."),
    "merge_few": N_("Choose at least two proposals to merge."),
    "limit_reached": N_("You have {limit} proposals on the board already. Withdraw one to post another."),
    "lines_full": N_("This group writes {limit} lines. Take one off before you add another."),
    "theme_unknown": N_("This board has no such theme. Reload the page."),
    "theme_empty": N_("Give the theme a name."),
    "comment_unknown": N_("This comment is not on this board."),
    "comment_not_own": N_("Only its author can take this comment back."),
    "comment_hidden": N_("The facilitator has hidden this comment ({reason})."),
    "comment_withdrawn": N_("Its author has taken this comment back."),
    "comment_standing": N_("This comment is on the board already."),
    "not_alternative": N_("Only another wording for a phrase can be adopted."),
    "draft_empty": N_("Write the text first: one sentence or clause after the other."),
    "draft_long": N_("This text has {count} phrases; {limit} is the most. Make it shorter."),
    "not_member": N_("Choose somebody of the group; {name} is not in it."),
    "not_rapporteur": N_("Only the group's rapporteur or a facilitator brings its lines into the plenary."),
    "no_lines": N_("This group has no final lines yet."),
    "lines_shared": N_("The lines of this group are here already."),
    "plenary_only": N_("Lines are shared in the plenary."),
    "year_wrong": N_("Choose a year of the roadmap: {first} to {last}."),
    "quarter_alone": N_("Choose the year as well as the quarter."),
    "pledge_unknown": N_("This pledge is not on this board."),
    "pledge_not_own": N_("Only its author can take this pledge back."),
    "proposal_standing": N_("This proposal is on the board already."),
    "board_locked": N_("This board is locked for a moment. The facilitator will unlock it."),
    "board_standing": N_("This board is not locked."),
    "proposal_late": N_("This came after the step had ended. A facilitator can still admit it."),
    "proposal_not_late": N_("This proposal was in time; there is nothing to admit."),
    "proposal_not_parked": N_("This proposal is not in the parking lot."),
    "parking_not_yours": N_("Only the one who takes care of it, or a facilitator, answers what is parked."),
    "signal_unknown": N_("This has been seen to already."),
    "signal_not_own": N_("Only who raised it, or a facilitator, takes it down."),
    "check_unknown": N_("This board has not been asked that. Reload the page."),
    "check_answered": N_("Your group has answered this already."),
    # ballots
    "no_dots_left": N_("You have {left} of {budget} dots left. Take one back from another proposal first."),
    "over_cap": N_("At most {cap} dots can go on one proposal."),
    "bad_vote": N_("This ballot does not know that vote. Use one of: {allowed}."),
    "criterion_unknown": N_("This vote does not ask that. Reload the page."),
    "objection_needs_reason": N_("Say in a few words what you object to, so that the group can answer it."),
    "rank_as_a_whole": N_("Put the proposals in order; the order is sent as a whole."),
    "rank_twice": N_("Each proposal has one place only."),
    "not_ranking": N_("This vote does not ask for an order."),
    "not_elector": N_("This vote opened before you arrived. The facilitator can let you in by opening it again."),
    "has_device": N_("A device of their own is here for {name}. For a vote on paper, enter a paper ballot."),
    "no_elector": N_("Nobody on this event's list fits. Choose somebody of the group, or enter a paper ballot."),
    "ballot_named": N_("In a vote with names there is no ballot without one. Choose the person."),
    "ballot_running": N_("A vote is open on this board. Close it before you promote a proposal."),
    "ballot_none": N_("No vote has been held in this step yet."),
    "activity_begun": N_("The step “{step}” has begun: it stays as it is. Change the steps that come after it."),
    "activity_wrong": N_("This activity cannot be used: {why}"),
    # timers
    "no_timer": N_("No timer is running here. Start one first."),
    "timer_short": N_("A timer needs at least one second."),
    "timer_long": N_("A timer can run for {limit} hours at most."),
    "text_unknown": N_("This event has no such text."),
    # sessions, days, conclusions
    "session_unknown": N_("This event has no such session. Reload the page."),
    "session_not_open": N_("This session is not open."),
    "clock_wrong": N_("Write the time as hours and minutes, for example 09:30."),
    "announcement_unknown": N_("This announcement has been taken down already."),
    "cue_unknown": N_("This is not lined up any more. Reload the page."),
    "cue_on_stage": N_("This is on the stage. Take it off first."),
    "cue_wrong": N_("Say what to show: a board for its lines or results, a proposal, a conclusion."),
    "cue_empty": N_("There is nothing to show of it yet."),
    "stage_empty": N_("Nothing is on the stage."),
    "summon_none": N_("Nobody is summoned at the moment."),
    "lead_not_facilitator": N_("Only a facilitator or an organiser can look after a group."),
    "lead_none": N_("Nobody looks after this group at the moment."),
    "already_promoted": N_("The day has a conclusion from this already. Change that one, or add to it."),
    "source_known": N_("The conclusion rests on this already."),
    "theme_bare": N_("Nothing stands under this theme, so there is nothing to conclude from it."),
    "cell_unknown": N_("This board has no such rating on show."),
    "cell_withheld": N_("Fewer than three people have said something here. It stays withheld."),
    "tag_unknown": N_("This event's frameworks have no such tag. Reload the page."),
    "ratification_running": N_("This conclusion is being ratified. Close the ratification before you change it."),
    "ratification_open": N_("A ratification is open on this day already. Close it first."),
    "ratification_none": N_("No ratification is open on this day."),
    "nothing_to_ratify": N_("This day has no conclusions to ratify yet."),
    "not_ratified_now": N_("This conclusion is not in the ratification. Reload the page."),
    "not_asked": N_("This ratification opened before you arrived; it asks those who were here."),
    "not_dissenting": N_("A minority report is for those who did not agree, once the ratification is closed."),
    "report_unknown": N_("There is no such minority report of yours."),
    "verdict_needs_reason": N_("Say in a few words why, so that those whose conclusion it is can read it."),
    "day_closed": N_("This day is closed. Reopen it to change its conclusions."),
    "day_not_closed": N_("This day is not closed."),
    "conclusion_unknown": N_("This day has no such conclusion."),
    "conclusion_taken_back": N_("This conclusion has been taken back. Reinstate it first."),
    "conclusion_standing": N_("This conclusion stands already."),
    "other_day": N_("This proposal was made on another day. Promote it into the conclusions of that day."),
    "position_unknown": N_("There is no such place in the list."),
    "group_unknown": N_("This event has no group “{name}”. It has: {names}."),
    "id_taken": N_("This id was used for something else. Make a new one and send it again."),
    "person_unknown": N_("This event has no such person."),
    # pictures
    "picture_kind": N_("This is not a picture that we can show. Choose a JPEG, PNG, WebP or HEIC file."),
    "picture_broken": N_("This picture is damaged or incomplete. Take it again, or send another one."),
    "picture_heavy": N_("This picture is larger than {limit} MB. Make it smaller, then send it again."),
    "picture_large": N_("This picture has {pixels} million pixels; {limit} million is the most. Make it smaller."),
    "pictures_many": N_("You have {limit} pictures in the gallery already. Withdraw one to add another."),
    "uploads_many": N_("You have begun to send {limit} pictures. Let some of them arrive first."),
    "upload_short": N_("This picture has not arrived whole. Send what is missing first."),
    "upload_unknown": N_("This picture has not arrived here. Send it again."),
    "picture_unknown": N_("This event has no such picture."),
    "picture_not_own": N_("Only who has taken this picture, or a facilitator, can change it."),
    "picture_hidden": N_("The facilitator has hidden this picture ({reason})."),
    "picture_withdrawn": N_("This picture has been withdrawn."),
    "picture_standing": N_("This picture is in the gallery already."),
    # forming groups
    "people_many": N_("This is for {limit} people at most. Divide them first."),
    "person_twice": N_("The list has {name} twice. Take one of them off."),
    "groups_wrong": N_("Choose a number of groups from 1 to {limit}."),
    "group_missing": N_("There is no group {group}; there are {groups}. Choose another one."),
    "wish_unknown": N_("A wish names {name}, who is not on the list. Add them, or change the wish."),
    "topic_unknown": N_("There is no topic “{topic}”, and {name} has ranked it. Add it, or change the order."),
    "topic_twice": N_("Somebody has ranked a topic twice: {name}. Leave each topic one place."),
    "topics_full": N_("The topics have places for {places} of {people} people. Make room in one of them."),
    "rounds_wrong": N_("Choose a number of rounds from 1 to {limit}."),
    "tables_empty": N_("There are {people} people for {tables} tables. Choose fewer tables."),
    "hosts_wrong": N_("Name one host for each of the {tables} tables, each a different person, or none at all."),
    # the house itself
    "internal": N_("Something went wrong on our side. Nothing was lost; try again in a moment."),
    "storage_busy": N_("The storage is busy or full. Nothing was lost; it is sent again in a moment."),
}


def sentence(refused: Refused, translate: Callable[[str], str] = lambda text: text) -> str:
    """The refusal in words. `translate` is gettext in the reader's language."""
    return translate(REFUSALS[refused.code]).format_map(_Lenient(refused.details))


class _Lenient(dict[str, object]):
    def __missing__(self, key: str) -> str:  # a translation with a mistyped placeholder must not hide the answer
        return "…"
