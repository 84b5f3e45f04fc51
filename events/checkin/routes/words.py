"""What the desk's script says, so that it is translated with everything else."""

from flask_babel import gettext

from consortium.words import Sentence, say, translated

WORDS: dict[str, Sentence] = {
    "arrived": say("%(name)s is checked in."),
    "here": say("%(name)s is already here, since %(time)s."),
    "left": say("%(name)s is checked out."),
    "gone": say("%(name)s is already checked out, since %(time)s."),
    "unknown": say("This badge is not in the list on this tablet. The scan is kept."),
    "undone": say("Undone: %(name)s"),
    "waits": say("Waits to be sent"),
    "sent": say("Sent"),
    "online": say("Connected. Everything has been sent."),
    "sending": say("Sending …"),
    "offline": say(
        "No connection. Scan on: %(count)s wait on this tablet and are sent by themselves."
    ),
    "offline_none": say("No connection. Scan on: scans are kept on this tablet."),
    "signed_out": say(
        "You are signed out. %(count)s wait on this tablet and nothing is lost. Sign in to send "
        "them."
    ),
    "busy": say("%(count)s wait on this tablet. Sending again in a moment."),
    "refused": say("%(count)s cannot be read by the server. Tell the coordinator; they are kept."),
    "no_storage": say(
        "This browser keeps nothing, as in a private window. The desk works while connected, and "
        "not offline."
    ),
    "check_in": say("Check in"),
    "check_out": say("Check out"),
    "undo": say("Undo"),
    "in_since": say("Here since %(time)s"),
    "out_since": say("Left at %(time)s"),
    "unconfirmed": say("Has not confirmed"),
    "nobody": say("Nobody of that name is expected. Try one word, or the LEA."),
    "more": say("%(count)s more. Type another word."),
    "counts": say("%(arrived)s of %(expected)s have arrived."),
    "unknown_person": say("Badge %(code)s"),
    "camera_off": say("The camera cannot be used: %(why)s"),
    "old_roster": say("The list of names on this tablet is from %(time)s."),
    "no_roster": say("There is no list of names on this tablet. Scans are kept all the same."),
}


def in_the_readers_words() -> dict[str, str]:
    """Return what the desk's script says, in the reader's language; places stay open."""
    return {name: translated(words, gettext) for name, words in WORDS.items()}
