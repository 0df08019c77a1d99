#ifndef CD_FILE_H
#define CD_FILE_H

/// Puts the bytes of a file on the disk, before anything that is written later (Linux: fdatasync, macOS:
/// F_BARRIERFSYNC). 0, or errno.
int cd_flush(int descriptor);

#endif
