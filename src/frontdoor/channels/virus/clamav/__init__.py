"""ClamAV, by the INSTREAM command of its daemon."""
