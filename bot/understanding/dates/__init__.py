"""The grammar of days and moments: from tagged tokens to what they mean, in Amsterdam time."""
