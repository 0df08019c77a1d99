#ifndef VZ_KVM_H
#define VZ_KVM_H

enum vz_kvm_result {
  VZ_KVM_USABLE = 0,
  /// /dev/kvm cannot be opened; errno says why.
  VZ_KVM_NO_DEVICE,
  /// The API version is not 12.
  VZ_KVM_WRONG_VERSION,
  /// A virtual machine cannot be created; errno says why.
  VZ_KVM_NO_MACHINE,
};

/// Opens /dev/kvm and makes an empty virtual machine.
enum vz_kvm_result vz_kvm_probe(void);

#endif
