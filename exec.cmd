@rem npm's scripts begin with exec, a word of the POSIX shell; on Windows npm finds this in its place.
@%*
