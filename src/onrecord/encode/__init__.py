"""Text in, arrays out: windows, word pieces, and the one pass of the encoder over them."""
