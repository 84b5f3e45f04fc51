"""Mail that stays in the house: the demonstration shows it from the outbox."""

from consortium.ports import Email


class DemoMailer:
    """Takes every mail and sends none; the demonstration's mail page reads the outbox."""

    def send(self, email: Email) -> None:
        """Succeed: the mail's row says all there is to show."""
