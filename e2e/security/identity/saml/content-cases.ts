import type { SamlReason } from "@/lib/adapters/saml/refusal";
import { badContent, badXml, type BadCase } from "./bad-case";
import type { SigningKeys } from "./keys";
import { signPart } from "./sign-response";
import {
  acsUrl,
  at,
  audiences,
  conditions,
  confirmation,
  goodParts,
  issuer,
  nameId,
  requestId,
  spEntityId,
  status,
  subject,
  writeResponse,
  type ResponseParts,
} from "./write-response";

/** Signed by the right key, and not meant for us, now, or this request. */
export function contentCases(keys: SigningKeys): BadCase[] {
  const bad = (name: string, reason: SamlReason | SamlReason[], change: Partial<ResponseParts>) =>
    badContent(keys, { name, reason }, change);
  return [
    ...envelope(bad),
    ...signedEnvelope(keys),
    ...subjects(bad),
    ...periods(bad),
    ...audience(bad),
    ...structure(bad),
  ];
}

type Bad = (name: string, reason: SamlReason | SamlReason[], change: Partial<ResponseParts>) => BadCase;

function envelope(bad: Bad): BadCase[] {
  const attributes = (pattern: RegExp, replacement: string) => ({
    responseAttributes: goodParts().responseAttributes.replace(pattern, replacement),
  });
  const urn = "urn:oasis:names:tc:SAML:2.0:status:";
  return [
    bad(
      "another destination",
      "destination",
      attributes(/Destination="[^"]*"/, 'Destination="https://evil.example.org/acs"'),
    ),
    bad("an empty destination", "destination", attributes(/Destination="[^"]*"/, 'Destination=""')),
    bad(
      "a destination that only begins right",
      "destination",
      attributes(/Destination="[^"]*"/, `Destination="${acsUrl}/x"`),
    ),
    bad(
      "an answer to another request",
      "in_response_to",
      attributes(/InResponseTo="[^"]*"/, 'InResponseTo="_other"'),
    ),
    bad("an unsolicited response", "in_response_to", attributes(/InResponseTo="[^"]*"/, "")),
    bad("an empty InResponseTo", "in_response_to", attributes(/InResponseTo="[^"]*"/, 'InResponseTo=""')),
    bad("another issuer of the response", "issuer", { responseIssuer: issuer("https://evil.example.org") }),
    bad("an issuer of the response in another format", "issuer", {
      responseIssuer: issuer(undefined, ' Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"'),
    }),
    bad(
      "a response from the future",
      "not_yet_valid",
      attributes(/IssueInstant="[^"]*"/, `IssueInstant="${at(31)}"`),
    ),
    bad("a response without a time", "structure", attributes(/IssueInstant="[^"]*"/, "")),
    bad("another version of the response", "structure", attributes(/Version="2.0"/, 'Version="1.1"')),
    bad("the status Requester", "status", { status: status(`${urn}Requester`) }),
    bad("the status Responder", "status", { status: status(`${urn}Responder`) }),
    bad("the status AuthnFailed on top", "status", { status: status(`${urn}AuthnFailed`) }),
    bad("success nested in a failure", "status", {
      status: `<samlp:Status><samlp:StatusCode Value="${urn}Responder"><samlp:StatusCode Value="${urn}Success"/></samlp:StatusCode></samlp:Status>`,
    }),
    bad("no status", "status", { status: "" }),
    bad("two statuses", "status", { status: status(`${urn}Success`).repeat(2) }),
    bad("an empty status", "status", { status: "<samlp:Status/>" }),
  ];
}

function signedEnvelope(keys: SigningKeys): BadCase[] {
  const bad = (name: string, reason: SamlReason, change: Partial<ResponseParts>) =>
    badXml(name, reason, signPart(writeResponse(change), "Response", keys.current));
  const { responseAttributes } = goodParts();
  return [
    bad("a signed response without a destination", "destination", {
      responseAttributes: responseAttributes.replace(/Destination="[^"]*"/, ""),
    }),
    bad("a signed response to another request", "in_response_to", {
      responseAttributes: responseAttributes.replace(requestId, "_other"),
    }),
    bad("a signed response whose assertion answers another request", "in_response_to", {
      subject: subject(nameId("olivia"), confirmation({ inResponseTo: "_other" })),
    }),
    bad("a signed response with an assertion of another issuer", "issuer", {
      assertionIssuer: issuer("https://evil.example.org"),
    }),
  ];
}

function subjects(bad: Bad): BadCase[] {
  const confirmed = (name: string, reason: SamlReason, change: Parameters<typeof confirmation>[0]) =>
    bad(name, reason, { subject: subject(nameId("olivia"), confirmation(change)) });
  return [
    bad("no subject", "confirmation", { subject: "" }),
    bad("no confirmation", "confirmation", { subject: subject(nameId("olivia"), "") }),
    confirmed("holder of key instead of bearer", "confirmation", {
      method: "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key",
    }),
    confirmed("sender vouches instead of bearer", "confirmation", {
      method: "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches",
    }),
    confirmed("the bearer method of SAML 1.1", "confirmation", {
      method: "urn:oasis:names:tc:SAML:1.0:cm:bearer",
    }),
    bad("a bearer without facts", "confirmation", {
      subject: subject(
        nameId("olivia"),
        '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"/>',
      ),
    }),
    confirmed("another recipient", "confirmation", { recipient: "https://evil.example.org/acs" }),
    confirmed("no recipient", "confirmation", { recipient: null }),
    confirmed("a recipient with another case", "confirmation", { recipient: acsUrl.toUpperCase() }),
    confirmed("a confirmation of another request", "in_response_to", { inResponseTo: "_other" }),
    confirmed("a confirmation of no request", "in_response_to", { inResponseTo: null }),
    confirmed("a confirmation without an end", "confirmation", { notOnOrAfter: null }),
    confirmed("a confirmation that ended", "expired", { notOnOrAfter: at(-31) }),
    confirmed("a confirmation that has not begun", "not_yet_valid", { more: `NotBefore="${at(31)}"` }),
    bad("another confirmed person inside the confirmation", "confirmation", {
      subject: subject(
        nameId("olivia"),
        confirmation({}).replace(
          "<saml:SubjectConfirmationData",
          `${nameId("admin")}<saml:SubjectConfirmationData`,
        ),
      ),
    }),
  ];
}

function periods(bad: Bad): BadCase[] {
  return [
    bad("an assertion that ended", "expired", { conditions: conditions({ notOnOrAfter: at(-30) }) }),
    bad("an assertion that has not begun", "not_yet_valid", {
      conditions: conditions({ notBefore: at(31) }),
    }),
    bad("an end that is no time", "conditions", { conditions: conditions({ notOnOrAfter: "never" }) }),
    bad("an end in another zone", "conditions", {
      conditions: conditions({ notOnOrAfter: "2031-05-04T12:00:00+09:00" }),
    }),
    bad("an end on a day that is none", "conditions", {
      conditions: conditions({ notOnOrAfter: "2031-13-41T00:00:00Z" }),
    }),
    bad("an assertion from the future", "not_yet_valid", {
      assertionAttributes: goodParts().assertionAttributes.replace(
        /IssueInstant="[^"]*"/,
        `IssueInstant="${at(40)}"`,
      ),
    }),
    bad("a session that ended", "expired", {
      statement: goodParts().statement.replace(
        " SessionIndex",
        ` SessionNotOnOrAfter="${at(-40)}" SessionIndex`,
      ),
    }),
    bad("a sign-in in the future", "not_yet_valid", {
      statement: goodParts().statement.replace(/AuthnInstant="[^"]*"/, `AuthnInstant="${at(40)}"`),
    }),
  ];
}

function audience(bad: Bad): BadCase[] {
  const of = (name: string, reason: SamlReason, content: string) =>
    bad(name, reason, { conditions: conditions({ content }) });
  return [
    bad("no conditions", "conditions", { conditions: "" }),
    bad("two sets of conditions", "conditions", { conditions: conditions({}).repeat(2) }),
    of("no audience", "audience", ""),
    of("an empty restriction", "audience", audiences([])),
    of("another audience", "audience", audiences(["https://other.example.org"])),
    of("an audience that only begins right", "audience", audiences([`${spEntityId}/x`])),
    of("an audience with space around it", "audience", audiences([` ${spEntityId} `])),
    of(
      "one restriction for us and one for another",
      "audience",
      audiences([spEntityId]) + audiences(["https://other.example.org"]),
    ),
    of("a condition that nobody knows", "conditions", `${audiences([spEntityId])}<saml:Condition/>`),
  ];
}

function structure(bad: Bad): BadCase[] {
  const { assertionAttributes } = goodParts();
  return [
    bad("no issuer of the assertion", "issuer", { assertionIssuer: "<saml:Issuer/>" }),
    bad("another issuer of the assertion", "issuer", { assertionIssuer: issuer("https://evil.example.org") }),
    bad("an issuer with another spelling", "issuer", {
      assertionIssuer: issuer("https://IDP.example.org/metadata"),
    }),
    bad("two issuers of the assertion", "issuer", { assertionIssuer: issuer().concat(issuer()) }),
    bad("no statement that the person signed in", "statement", { statement: "" }),
    bad("another version of the assertion", "structure", {
      assertionAttributes: assertionAttributes.replace("2.0", "1.1"),
    }),
    bad("text between elements", "structure", { beforeAssertion: "admin" }),
    bad("an element nobody knows in the assertion", "structure", {
      attributes: "<saml:AuthzDecisionStatement/>",
    }),
    bad("an element nobody knows in the response", "structure", { afterAssertion: "<samlp:Extra/>" }),
    bad("extensions in the response", "structure", { beforeAssertion: "<samlp:Extensions/>" }),
    ...otherMessages(),
  ];
}

function otherMessages(): BadCase[] {
  const response = writeResponse();
  const noAssertion = response.replace(/<saml:Assertion[\s\S]*<\/saml:Assertion>/, "");
  return [
    badXml("a response without an assertion", "structure", noAssertion),
    badXml(
      "a logout response",
      "structure",
      noAssertion.replaceAll("samlp:Response", "samlp:LogoutResponse"),
    ),
    badXml("a request", "structure", noAssertion.replaceAll("samlp:Response", "samlp:AuthnRequest")),
    badXml(
      "a bare assertion",
      "structure",
      /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(response)?.[0] ?? "",
    ),
    badXml(
      "the protocol of SAML 1.1",
      "structure",
      response.replace("urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:1.0:protocol"),
    ),
    badXml(
      "the assertions of SAML 1.1",
      ["structure", "issuer"],
      response.replaceAll("urn:oasis:names:tc:SAML:2.0:assertion", "urn:oasis:names:tc:SAML:1.0:assertion"),
    ),
    badXml("a response of no namespace", "structure", response.replace(/<(\/?)samlp:/g, "<$1")),
  ];
}
