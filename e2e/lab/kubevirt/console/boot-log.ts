export interface BootLine {
  text: string;
  isOk: boolean;
}

const units = [
  "Mounted /sys/kernel/debug - Kernel Debug File System",
  "Started systemd-journald.service - Journal Service",
  "Finished systemd-udev-trigger.service - Coldplug All udev Devices",
  "Reached target local-fs-pre.target - Preparation for Local File Systems",
  "Finished systemd-fsck-root.service - File System Check on Root Device",
  "Mounted boot-efi.mount - /boot/efi",
  "Reached target local-fs.target - Local File Systems",
  "Finished cloud-init-local.service - Initial cloud-init job (pre-networking)",
  "Started systemd-networkd.service - Network Configuration",
  "Reached target network.target - Network",
  "Finished cloud-init.service - Initial cloud-init job",
  "Started qemu-guest-agent.service - QEMU Guest Agent",
  "Started ssh.service - OpenBSD Secure Shell server",
  "Reached target multi-user.target - Multi-User System",
];

/** What the pretend guest prints while it starts. */
export function bootLog(name: string): BootLine[] {
  const kernel = [
    "SeaBIOS (version 1.16.3-2)",
    "Booting from Hard Disk...",
    "[    0.000000] Linux version 6.12.41-amd64 (debian-kernel@lists.debian.org)",
    "[    0.000000] Command line: BOOT_IMAGE=/boot/vmlinuz-6.12.41-amd64 root=/dev/vda1 ro console=tty0 console=ttyS0",
    "[    0.004512] BIOS-e820: [mem 0x0000000000100000-0x000000007ffdafff] usable",
    "[    0.017733] kvm-clock: using sched offset of 7154312897 cycles",
    "[    0.214809] virtio_blk virtio2: [vda] 20971520 512-byte logical blocks (10.7 GB/10.0 GiB)",
    "[    0.318244] EXT4-fs (vda1): mounted filesystem with ordered data mode",
    `[    0.402617] systemd[1]: Hostname set to <${name}>.`,
  ];
  return [...kernel.map((text) => ({ text, isOk: false })), ...units.map((text) => ({ text, isOk: true }))];
}
