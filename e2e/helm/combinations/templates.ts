import type { CreateTemplate } from "@/lib/catalog/templates/schema";

const guest = "spec.template.spec";
const url = "https://cloud.debian.org/images/cloud/trixie/latest/debian-13-generic-amd64.qcow2";
const ubuntu = { sourceType: "containerdisk", imageUrl: "quay.io/containerdisks/ubuntu:24.04" } as const;
const imported = { sourceType: "cdi_image_import", imageUrl: url } as const;
const cloned = {
  sourceType: "cdi_pvc_clone",
  imageUrl: null,
  pvcNamespace: "pictures",
  pvcName: "golden",
} as const;

/** Signs that mean something to YAML, to a shell or to Go's templates; two braces are refused before. */
const awkward = `#cloud-config
# 100% "quoted" & <marked>
write_files:
  - path: /etc/motd
    permissions: "0644"
    content: |
      {welcome} to 'here' \\ there: $HOME %s %d #1
      \ttabs, trailing space \n      yes: no, ~, 1e3, 0x1F, 12:30:45, äöü 東京 🚀
runcmd:
  - [sh, -c, "echo $(date) | tee -a /var/log/first && printf '%s\\\\n' done"]
  - echo "} {"
`;
const full = `#cloud-config\nruncmd:\n${"  - echo filling the two kibibytes up\n".repeat(53)}  - date -u\n`;

/** Every source, and everything else a template can say. */
export const templatesOfCombinations: (Partial<CreateTemplate> & { name: string })[] = [
  { name: "t01-disk", ...ubuntu },
  { name: "t02-disk.init", ...ubuntu, cloudInit: "#cloud-config\npackages: [nginx]\n" },
  { name: "t03-password", ...ubuntu, loginUser: "ubuntu", oneTimePassword: true },
  {
    name: "t04-password.init",
    ...{ ...imported, loginUser: "debian", oneTimePassword: true },
    cloudInit:
      "#cloud-config\nusers:\n  - default\n  - name: ops\n    ssh_authorized_keys: [ssh-ed25519 AAAAC3Nz ops]\n",
  },
  { name: "t05-import", ...imported },
  { name: "t06-awkward", ...imported, imageUrl: `${url}?a=1&b=%20c`, cloudInit: awkward },
  { name: "t07-clone", ...cloned },
  {
    name: "t08-clone.fields",
    ...cloned,
    quickFields: [`${guest}.terminationGracePeriodSeconds`, "disk_gb"],
    fieldDefaults: { [`${guest}.terminationGracePeriodSeconds`]: 30, disk_gb: 60 },
    fieldConstraints: { disk_gb: { min: 20, max: 200 } },
  },
  {
    name: "t09-windows",
    ...ubuntu,
    imageUrl: "docker://quay.io/kubevirtci/windows:2022",
    osFamily: "windows",
  },
  {
    name: "t10-names",
    ...ubuntu,
    advancedFields: [`${guest}.dnsPolicy`],
    fieldDefaults: {
      [`${guest}.dnsPolicy`]: "None",
      [`${guest}.dnsConfig.nameservers`]: ["192.0.2.53", "2001:db8::53"],
      [`${guest}.dnsConfig.searches`]: ["corp.example", "on", "1e3"],
      [`${guest}.dnsConfig.options`]: [{ name: "ndots", value: "5" }],
    },
  },
  {
    name: "t11-hash",
    ...imported,
    cloudInit: `#cloud-config\nusers:\n  - name: ops\n    lock_passwd: false\n    hashed_passwd: $6$rounds=5000$${"s".repeat(16)}$${"h".repeat(86)}\n`,
  },
  {
    name: "t12-full",
    ...ubuntu,
    cloudInit: full,
    description: 'Up to the limit:\n"2,048" bytes {{ of it }}',
  },
];
