import path from "node:path";
import { createControl, answerControl, describePerson } from "./control";
import type { DirectoryControl, KnownPerson } from "./control";
import type { LdapAddress } from "./ldap/server";
import { startLdapServer } from "./ldap/server";
import type { Listening } from "./listen";
import { listenPlain, listenTls } from "./listen";
import { createOidcServer } from "./oidc/provider";
import { gatherPeople } from "./people";
import type { People } from "./people";
import type { RegistrationChange, RegistrationDesk } from "./registration";
import { openRegistrationDesk } from "./registration";
import { createSamlServer } from "./saml/identity-provider";
import type { Ports, Secrets } from "./secrets";
import { openSecrets } from "./secrets";

export interface DirectoryLabOptions {
  /** Keys, passwords, ports and the registered client are kept here. */
  stateFolder: string;
  /** Those of the last run, or free ones, where not given. */
  ports?: Partial<Ports>;
  /** Can be given later too, by the control. */
  client?: RegistrationChange;
}

/** Where everything is and how to get in; also the line that the program prints. */
export interface DirectoryNews {
  oidc: { issuer: string; clientId: string; clientSecret: string };
  saml: { entityId: string; metadataUrl: string; ssoUrl: string; certificate: string };
  /** Null where slapd is absent. */
  ldap: LdapAddress | null;
  caCertificate: string;
  people: KnownPerson[];
  control: { url: string };
  /** What could not be started, and why. */
  absent: string[];
}

export interface DirectoryLab extends Omit<DirectoryNews, "control"> {
  control: DirectoryControl & { url: string };
  stop(): Promise<void>;
}

/** One company's people behind three real servers: OpenID Connect, SAML 2.0 and LDAP. */
export async function startDirectoryLab(options: DirectoryLabOptions): Promise<DirectoryLab> {
  const { secrets, passwordOf, keepPorts } = await openSecrets(options.stateFolder);
  Object.assign(secrets.ports, options.ports);
  const people = gatherPeople(passwordOf);
  const registrationFile = path.join(options.stateFolder, "registration.json");
  const desk = openRegistrationDesk(registrationFile, secrets.clientSecret);
  if (options.client) desk.change(options.client);
  const ldap = await startLdapServer(options.stateFolder, people, secrets);
  const running: { stop(): Promise<void> }[] = "missing" in ldap ? [] : [ldap];
  const stop = async () => {
    await Promise.all(running.map((one) => one.stop()));
  };
  try {
    const web = await startWeb({ secrets, people, desk }, running);
    keepPorts({ ...secrets.ports, ...web.ports, ...("missing" in ldap ? {} : ldap.ports) });
    return {
      ...web.news,
      ldap: "missing" in ldap ? null : ldap.address,
      caCertificate: secrets.tls.caPem,
      people: people.list().map((person) => describePerson(people, person)),
      absent: "missing" in ldap ? [ldap.missing] : [],
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Company {
  secrets: Secrets;
  people: People;
  desk: RegistrationDesk;
}

/** The two web servers and the control; whatever listens is noted as running at once. */
async function startWeb({ secrets, people, desk }: Company, running: { stop(): Promise<void> }[]) {
  const { tls, jwks, cookieKey, clientSecret, ports } = secrets;
  const note = async (listening: Promise<Listening>) => {
    const listener = await listening;
    running.push(listener);
    return listener;
  };
  const oidcFront = await note(listenTls(ports.oidc, tls));
  const samlFront = await note(listenTls(ports.saml, tls));
  const controlFront = await note(listenPlain(ports.control));
  const issuer = originOf(oidcFront);
  const oidc = createOidcServer({ issuer, people, desk, jwks, cookieKey });
  const saml = createSamlServer({ origin: originOf(samlFront), people, desk, signing: secrets.saml });
  const control = createControl({ people, desk, oidc });
  oidcFront.answerWith(oidc.answer);
  samlFront.answerWith(saml.answer);
  controlFront.answerWith((request, response) => answerControl(control, request, response));
  return {
    ports: { oidc: oidcFront.port, saml: samlFront.port, control: controlFront.port },
    news: {
      oidc: { issuer, clientId: desk.current().clientId, clientSecret },
      saml: {
        entityId: saml.entityId,
        metadataUrl: saml.metadataUrl,
        ssoUrl: saml.ssoUrl,
        certificate: secrets.saml.certificatePem,
      },
      control: { ...control, url: `http://127.0.0.1:${controlFront.port}` },
    },
  };
}

function originOf({ port }: Listening): string {
  return `https://127.0.0.1:${port}`;
}
