// Keeps the helper from needing a newer C library than it has to. Programs that are linked on a new system name the
// newest version of each function; eight of them, called by Swift's own static libraries, are all that would keep a
// helper built with glibc 2.41 from running with glibc 2.35. Defined here, they lead to what older libraries have.
#include <features.h>

#ifdef __GLIBC__
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#if defined(__aarch64__)
#define OLDEST "GLIBC_2.17"
#else
#define OLDEST "GLIBC_2.2.5"
#endif

// Hidden: libraries that are loaded later keep the C library's own.
#define LOCAL __attribute__((visibility("hidden")))

// By the names of the functions rather than through the headers, which redirect calls to the newer ones.
extern long plain_strtol(const char *, char **, int) __asm__("strtol");
extern long long plain_strtoll(const char *, char **, int) __asm__("strtoll");
extern unsigned long plain_strtoul(const char *, char **, int) __asm__("strtoul");
extern int plain_vsscanf(const char *, const char *, va_list) __asm__("__isoc99_vsscanf");
extern double plain_fmod(double, double);
extern float plain_fmodf(float, float);
__asm__(".symver plain_fmod, fmod@" OLDEST);
__asm__(".symver plain_fmodf, fmodf@" OLDEST);

LOCAL long __isoc23_strtol(const char *text, char **end, int base) { return plain_strtol(text, end, base); }

LOCAL long long __isoc23_strtoll(const char *text, char **end, int base) { return plain_strtoll(text, end, base); }

LOCAL unsigned long __isoc23_strtoul(const char *text, char **end, int base) { return plain_strtoul(text, end, base); }

LOCAL int __isoc23_sscanf(const char *text, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int count = plain_vsscanf(text, format, arguments);
  va_end(arguments);
  return count;
}

LOCAL double fmod(double x, double y) { return plain_fmod(x, y); }

LOCAL float fmodf(float x, float y) { return plain_fmodf(x, y); }

LOCAL size_t strlcpy(char *target, const char *source, size_t size) {
  size_t length = strlen(source);
  if (size > 0) {
    size_t copied = length < size ? length : size - 1;
    memcpy(target, source, copied);
    target[copied] = 0;
  }
  return length;
}

LOCAL size_t strlcat(char *target, const char *source, size_t size) {
  size_t used = strnlen(target, size);
  return used == size ? size + strlen(source) : used + strlcpy(target + used, source, size - used);
}
#endif
