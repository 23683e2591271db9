"""A stand-in for Twilio: messages (2010-04-01), content templates (v1), and the carriers behind them."""
