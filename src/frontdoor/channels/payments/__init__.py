"""Card payments: the port in `provider`, GOV.UK Pay as its adapter, and a stand-in with a payment page."""
