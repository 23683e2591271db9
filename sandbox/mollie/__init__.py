"""A stand-in for the Mollie API, version 2: payments, refunds, chargebacks, methods."""
