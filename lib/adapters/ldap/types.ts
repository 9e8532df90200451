export interface LdapConfig {
  /** ldaps://, or ldap:// together with startTls; nothing is ever said in the clear. */
  url: string;
  startTls: boolean;
  /** The only authority trusted, in PEM; null for those that Node trusts. */
  caCertificate: string | null;
  /** The account that searches. */
  bindDn: string;
  bindPassword: string;
  baseDn: string;
  /** With {username} where the escaped name goes. */
  userFilter: string;
  attributes: LdapAttributeNames;
  groups: LdapGroupConfig;
  timeoutSeconds: number;
}

export interface LdapAttributeNames {
  /** What stays when people are renamed, like entryUUID or objectGUID. */
  id: string;
  username: string;
  email: string;
  displayName: string;
}

export interface LdapGroupConfig {
  /** search: groups that name the person; attribute: what the person's entry says. */
  mode: "search" | "attribute";
  /** In both modes only groups below it count. */
  baseDn: string;
  /** With {dn}, or {username}, where the escaped value goes. */
  filter: string;
  /** The group's own attribute that mappings are written in. */
  keyAttribute: string;
  /** The person's attribute that names groups by DN. */
  attribute: string;
  nested: boolean;
}

export interface LdapPerson {
  dn: string;
  externalId: string;
  username: string;
  email: string | null;
  displayName: string;
  /** null where the source does not say, which is not the same as no groups. */
  groups: string[] | null;
  attributes: Record<string, string[]>;
}

export interface LdapGroup {
  dn: string;
  key: string;
  displayName: string;
}

export const defaultUserFilter = "(&(objectClass=inetOrgPerson)(uid={username}))";
export const defaultGroupFilter = "(member={dn})";
