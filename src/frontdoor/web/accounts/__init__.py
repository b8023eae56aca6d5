"""Sign-in of staff: password and second factor, sessions that end, and the accounts that an administrator keeps."""
