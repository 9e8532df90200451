import type { FieldTier, MaskedEntity } from "./schema";

const machine = "spec.template.spec";
const domain = `${machine}.domain`;
const devices = `${domain}.devices`;

/**
 * Which fields a form shows, in which order: hardware for sizes, the rest for templates. Cosmetic: what is not named
 * here can be written too, and what may not be written is refused wherever it is named.
 */
export const fieldMasks: Record<MaskedEntity, Record<FieldTier, string[]>> = {
  instance_size: {
    quick: [
      `${domain}.cpu.cores`,
      `${domain}.memory.guest`,
      `${domain}.memory.hugepages.pageSize`,
      `${domain}.cpu.dedicatedCpuPlacement`,
      `${devices}.gpus`,
    ],
    advanced: [
      `${domain}.cpu.sockets`,
      `${domain}.cpu.threads`,
      `${domain}.cpu.model`,
      `${domain}.resources.requests`,
      `${domain}.resources.limits`,
      `${domain}.cpu.maxSockets`,
      `${domain}.memory.maxGuest`,
      `${machine}.evictionStrategy`,
      `${domain}.machine.type`,
      `${domain}.firmware.bootloader`,
      `${devices}.tpm`,
      `${devices}.interfaces`,
      `${devices}.networkInterfaceMultiqueue`,
      `${devices}.blockMultiQueue`,
      `${domain}.ioThreadsPolicy`,
      `${domain}.ioThreads.supplementalPoolThreadCount`,
    ],
    professional: [
      `${machine}.architecture`,
      `${domain}.cpu.features`,
      `${domain}.cpu.isolateEmulatorThread`,
      `${domain}.cpu.numa`,
      `${domain}.cpu.realtime`,
      `${domain}.memory.reservedOverhead`,
      `${domain}.resources.overcommitGuestOverhead`,
      `${domain}.features.acpi`,
      `${domain}.features.apic`,
      `${domain}.features.smm`,
      `${domain}.features.kvm`,
      `${domain}.features.pvspinlock`,
      `${domain}.features.hyperv`,
      `${domain}.clock.timer`,
      `${domain}.launchSecurity`,
      `${domain}.rebootPolicy`,
      `${devices}.video`,
      `${devices}.watchdog`,
      `${devices}.panicDevices`,
      `${devices}.rng`,
      `${devices}.autoattachGraphicsDevice`,
      `${devices}.autoattachMemBalloon`,
      `${devices}.useVirtioTransitional`,
      `${devices}.disableHotplug`,
    ],
  },
  template: {
    quick: [`${domain}.clock.timezone`, `${machine}.terminationGracePeriodSeconds`],
    advanced: [
      `${domain}.clock.utc`,
      `${machine}.dnsPolicy`,
      `${machine}.dnsConfig.nameservers`,
      `${machine}.dnsConfig.searches`,
      `${machine}.startStrategy`,
      `${devices}.inputs`,
      `${devices}.sound`,
    ],
    professional: [
      `${machine}.readinessProbe`,
      `${machine}.livenessProbe`,
      `${machine}.dnsConfig.options`,
      `${domain}.chassis`,
      `${domain}.firmware.serial`,
      `${devices}.autoattachInputDevice`,
      `${devices}.autoattachSerialConsole`,
      `${devices}.logSerialConsole`,
    ],
  },
};

/** Masked fields that older minors lack, with the first that has them. */
export const maskedSince: Record<string, string> = {
  [`${domain}.ioThreads.supplementalPoolThreadCount`]: "1.4",
  [`${devices}.video`]: "1.4",
  [`${devices}.panicDevices`]: "1.4",
  [`${domain}.memory.reservedOverhead`]: "1.7",
  [`${domain}.rebootPolicy`]: "1.7",
};
