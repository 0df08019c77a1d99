// screen  switches the display to the size that it asks for, shows the text of standard input in its middle, prints the
//         size, and returns; the picture stays
//
// The cloud kernel has no driver for a display beyond VGA's text, so this talks to the adapter itself: QEMU's standard
// VGA, whose registers QEMU documents in docs/specs/standard-vga.
#include <fcntl.h>
#include <glob.h>
#include <linux/kd.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tool.h"

enum { GLYPHS = 256, GLYPH_BYTES = 32, GLYPH_WIDTH = 8, GLYPH_HEIGHT = 16, SCALE = 2, MAX_TEXT = 4096 };
enum { MMIO_SIZE = 4096, MMIO_ATTRIBUTES = 0x400, MMIO_MODE = 0x500, UNBLANK = 0x20 };
enum { MODE_WIDTH = 1, MODE_HEIGHT, MODE_DEPTH, MODE_ENABLE, MODE_ENABLED = 0x41 /* with a linear frame buffer */ };
enum { EDID_TIMING = 54 };

#define KEPT_FONT "/run/screen-font"

struct screen {
  volatile uint8_t *mmio;
  uint32_t *pixels;
  int width, height;
};

static int holds(const char *device, const char *file, const char *wanted) {
  char path[512], text[32] = "";
  snprintf(path, sizeof path, "%s/%s", device, file);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t count = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
  if (fd >= 0) close(fd);
  return count > 0 && strncmp(text, wanted, strlen(wanted)) == 0;
}

static int find_adapter(char *found, size_t size) {
  glob_t devices;
  int result = -1;
  if (glob("/sys/bus/pci/devices/*", 0, NULL, &devices) != 0) return -1;
  for (size_t i = 0; i < devices.gl_pathc && result < 0; i++) {
    if (!holds(devices.gl_pathv[i], "vendor", "0x1234") || !holds(devices.gl_pathv[i], "device", "0x1111")) continue;
    snprintf(found, size, "%s", devices.gl_pathv[i]);
    result = 0;
  }
  globfree(&devices);
  return result;
}

static void *map(const char *device, const char *resource, size_t size) {
  char path[512];
  struct stat status;
  snprintf(path, sizeof path, "%s/%s", device, resource);
  int fd = open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0 || fstat(fd, &status) < 0 || (size_t)status.st_size < size) return NULL;
  void *start = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  return start == MAP_FAILED ? NULL : start;
}

// The preferred size is in the first detailed timing.
static int read_size(struct screen *screen) {
  static const uint8_t header[] = {0, 255, 255, 255, 255, 255, 255, 0};
  uint8_t edid[128];
  for (size_t i = 0; i < sizeof edid; i++) edid[i] = screen->mmio[i];
  if (memcmp(edid, header, sizeof header) != 0) return -1;
  const uint8_t *timing = edid + EDID_TIMING;
  screen->width = timing[2] | (timing[4] & 0xF0) << 4;
  screen->height = timing[5] | (timing[7] & 0xF0) << 4;
  return screen->width > 0 && screen->height > 0 ? 0 : -1;
}

static void set_mode(struct screen *screen) {
  volatile uint16_t *mode = (volatile uint16_t *)(screen->mmio + MMIO_MODE);
  mode[MODE_ENABLE] = 0;
  mode[MODE_WIDTH] = (uint16_t)screen->width;
  mode[MODE_HEIGHT] = (uint16_t)screen->height;
  mode[MODE_DEPTH] = 32;
  mode[MODE_ENABLE] = MODE_ENABLED;
  screen->mmio[MMIO_ATTRIBUTES] = UNBLANK;
}

// The terminal's own font. It is kept, since the picture takes its place in the adapter's memory.
static int read_font(int terminal, uint8_t *font, size_t size) {
  int kept = open(KEPT_FONT, O_RDONLY | O_CLOEXEC);
  if (kept >= 0) {
    ssize_t count = read(kept, font, size);
    close(kept);
    return count == (ssize_t)size ? 0 : -1;
  }
  struct console_font_op get = {.op = KD_FONT_OP_GET, .width = GLYPH_WIDTH, .height = 32, .charcount = 512, .data = font};
  if (ioctl(terminal, KDFONTOP, &get) < 0) return -1;
  kept = open(KEPT_FONT, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  int result = kept < 0 ? -1 : write_all(kept, font, size);
  if (kept >= 0) close(kept);
  return result;
}

// Takes the font from the terminal, and the screen away from it.
static int borrow_terminal(uint8_t *font, size_t size) {
  int terminal = open("/dev/tty1", O_RDWR | O_CLOEXEC);
  int result = terminal < 0 ? -1 : read_font(terminal, font, size);
  if (result == 0) result = ioctl(terminal, KDSETMODE, KD_GRAPHICS);
  if (terminal >= 0) close(terminal);
  return result;
}

static void draw_background(const struct screen *screen) {
  for (int y = 0; y < screen->height; y++) {
    uint32_t part = (uint32_t)(y * 96 / screen->height);
    uint32_t colour = (0x14 + part / 4) << 16 | (0x1E + part / 2) << 8 | (0x46 + part);
    for (int x = 0; x < screen->width; x++) screen->pixels[y * screen->width + x] = colour;
  }
}

static void draw_glyph(const struct screen *screen, const uint8_t *glyph, int left, int top) {
  for (int y = 0; y < GLYPH_HEIGHT * SCALE; y++) {
    for (int x = 0; x < GLYPH_WIDTH * SCALE; x++) {
      int row = top + y, column = left + x;
      if (!(glyph[y / SCALE] >> (7 - x / SCALE) & 1)) continue;
      if (row < 0 || row >= screen->height || column < 0 || column >= screen->width) continue;
      screen->pixels[row * screen->width + column] = 0xF4F6FF;
    }
  }
}

static void draw_text(const struct screen *screen, const uint8_t *font, const char *text) {
  int lines = 1;
  for (const char *at = text; *at; at++) lines += *at == '\n' && at[1];
  int top = (screen->height - lines * GLYPH_HEIGHT * SCALE) / 2;
  while (*text) {
    int length = (int)strcspn(text, "\n");
    int left = (screen->width - length * GLYPH_WIDTH * SCALE) / 2;
    for (int i = 0; i < length; i++) {
      const uint8_t *glyph = font + (size_t)(uint8_t)text[i] % GLYPHS * GLYPH_BYTES;
      draw_glyph(screen, glyph, left + i * GLYPH_WIDTH * SCALE, top);
    }
    top += GLYPH_HEIGHT * SCALE;
    text += length + (text[length] == '\n');
  }
}

int screen_main(int argc, char **argv) {
  (void)argc, (void)argv;
  static uint8_t font[512 * GLYPH_BYTES];
  char text[MAX_TEXT] = "", device[256];
  struct screen screen = {0};
  if (find_adapter(device, sizeof device) < 0 || !(screen.mmio = map(device, "resource2", MMIO_SIZE)) ||
      read_size(&screen) < 0 || !(screen.pixels = map(device, "resource0", (size_t)screen.width * screen.height * 4))) {
    fputs("screen: no display of a known kind, or too little memory for its size\n", stderr);
    return 1;
  }
  for (size_t have = 0; have < sizeof text - 1;) {
    ssize_t count = read(STDIN_FILENO, text + have, sizeof text - 1 - have);
    if (count <= 0) break;
    have += (size_t)count;
  }
  if (borrow_terminal(font, sizeof font) < 0) {
    perror("screen: /dev/tty1");
    return 1;
  }
  set_mode(&screen);
  draw_background(&screen);
  draw_text(&screen, font, text);
  printf("%dx%d\n", screen.width, screen.height);
  return 0;
}
