#include "vz_kvm.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum vz_kvm_result vz_kvm_probe(void) {
  int kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
  if (kvm < 0) return VZ_KVM_NO_DEVICE;
  enum vz_kvm_result result = VZ_KVM_USABLE;
  int reason = 0;
  if (ioctl(kvm, KVM_GET_API_VERSION, 0) != KVM_API_VERSION) {
    result = VZ_KVM_WRONG_VERSION;
  } else {
    int machine = ioctl(kvm, KVM_CREATE_VM, 0);
    if (machine < 0) {
      result = VZ_KVM_NO_MACHINE;
      reason = errno;
    } else {
      close(machine);
    }
  }
  close(kvm);
  errno = reason;
  return result;
}
