import fs from "node:fs";
import path from "node:path";
import { baseDn, readerDn, rootDn } from "./entries";

export interface Installation {
  program: string;
  schemaFolder: string;
  /** Undefined where the modules are built in. */
  moduleFolder: string | undefined;
}

const programFolders = [
  "/usr/sbin",
  "/usr/local/sbin",
  "/usr/libexec",
  "/usr/lib/openldap",
  "/usr/local/libexec",
];
const schemaFolders = ["/etc/ldap/schema", "/etc/openldap/schema", "/usr/local/etc/openldap/schema"];
const moduleFolders = ["/usr/lib/ldap", "/usr/lib/openldap", "/usr/lib64/openldap", "/usr/libexec/openldap"];

/** Where OpenLDAP's server is on this machine, or why it cannot be used. */
export function findInstallation(): Installation | { missing: string } {
  const onPath = (process.env["PATH"] ?? "").split(path.delimiter);
  const programs = [...programFolders, ...onPath].map((folder) => path.join(folder, "slapd"));
  const program = programs.find((file) => fs.existsSync(file));
  if (program === undefined) return { missing: "slapd is not installed (Debian: apt-get install slapd)" };
  const schemaFolder = schemaFolders.find((folder) => fs.existsSync(path.join(folder, "core.schema")));
  if (schemaFolder === undefined) return { missing: "slapd has no schema files on this machine" };
  const moduleFolder = moduleFolders.find((folder) => fs.existsSync(path.join(folder, "back_mdb.la")));
  return { program, schemaFolder, moduleFolder };
}

export interface SlapdPaths {
  configuration: string;
  database: string;
  certificate: string;
  key: string;
  authority: string;
  pid: string;
}

export function layOut(folder: string): SlapdPaths {
  return {
    configuration: path.join(folder, "slapd.conf"),
    database: path.join(folder, "database"),
    certificate: path.join(folder, "certificate.pem"),
    key: path.join(folder, "key.pem"),
    authority: path.join(folder, "authority.pem"),
    pid: path.join(folder, "slapd.pid"),
  };
}

export function writeConfiguration(
  { schemaFolder, moduleFolder }: Installation,
  paths: SlapdPaths,
  rootPassword: string,
): string {
  const schemas = ["core", "cosine", "inetorgperson"].map((name) => `include ${schemaFolder}/${name}.schema`);
  const modules =
    moduleFolder === undefined
      ? []
      : [`modulepath ${moduleFolder}`, "moduleload back_mdb", "moduleload memberof"];
  return `${[
    ...schemas,
    ...modules,
    `pidfile ${paths.pid}`,
    `TLSCACertificateFile ${paths.authority}`,
    `TLSCertificateFile ${paths.certificate}`,
    `TLSCertificateKeyFile ${paths.key}`,
    // A password is taken only over TLS.
    "security simple_bind=128",
    // Like Active Directory, it answers a DN without a password with an anonymous bind that succeeds.
    "allow bind_anon_dn",
    "database mdb",
    "maxsize 67108864",
    `suffix "${baseDn}"`,
    `rootdn "${rootDn}"`,
    `rootpw ${rootPassword}`,
    `directory ${paths.database}`,
    "index objectClass,uid,mail,member,entryUUID eq",
    `access to attrs=userPassword by anonymous auth by * none`,
    `access to * by dn.exact="${readerDn}" read by self read by * none`,
    "overlay memberof",
    "memberof-group-oc groupOfNames",
    "memberof-member-ad member",
    "memberof-memberof-ad memberOf",
  ].join("\n")}\n`;
}
