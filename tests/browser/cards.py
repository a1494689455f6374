"""The cards of events in a form, as somebody opens them."""


def open_card(page, number):
    """Open the card of an event, so that its fields can be typed into."""
    card = page.locator(f"#events-{number} details")
    if card.get_attribute("open") is None:
        card.locator("summary").click()
