import { checkIssuer } from "./check-response";
import { notEnded, notInFuture, readInstant, type Clock } from "./instants";
import {
  attributeOf,
  childElements,
  childrenNamed,
  isNamed,
  onlyChild,
  plainText,
  refuseOtherChildren,
  requiredAttribute,
} from "./read-element";
import { refuse, SamlRefusal } from "./refusal";
import { namespaces, type Expectation } from "./types";

const saml = (name: string) => ({ namespace: namespaces.assertion, name });
const bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
const confirmationsMax = 10;

/** Refuses an assertion that is not ours, not now or not for this request; answers until when it holds. */
export function checkAssertion(assertion: Element, expectation: Expectation): Date {
  const { config } = expectation;
  if (attributeOf(assertion, "Version") !== "2.0") refuse("structure", "another version than 2.0");
  refuseOtherChildren(
    assertion,
    [
      ...["Issuer", "Subject", "Conditions", "Advice", "AuthnStatement", "AttributeStatement"].map(saml),
      { namespace: namespaces.signature, name: "Signature" },
    ],
    "structure",
  );
  checkIssuer(onlyChild(assertion, saml("Issuer"), "issuer"), config.identityProvider.entityId);
  const clock = { now: expectation.now, skewSeconds: config.clockSkewSeconds };
  notInFuture(readInstant(requiredAttribute(assertion, "IssueInstant", "structure"), "structure"), clock);
  const conditionsEnd = checkConditions(assertion, { audience: config.entityId, clock });
  const confirmationEnd = checkConfirmations(assertion, expectation);
  const statementsEnd = checkStatements(assertion, clock);
  return earliest(confirmationEnd, conditionsEnd, statementsEnd);
}

function checkConditions(assertion: Element, facts: { audience: string; clock: Clock }): Date | null {
  const conditions = onlyChild(assertion, saml("Conditions"), "conditions");
  const known = ["AudienceRestriction", "OneTimeUse", "ProxyRestriction"].map(saml);
  refuseOtherChildren(conditions, known, "conditions");
  const end = checkPeriod(conditions, facts.clock);
  const restrictions = childrenNamed(conditions, saml("AudienceRestriction"));
  if (restrictions.length === 0) refuse("audience", "for everybody");
  for (const restriction of restrictions) {
    refuseOtherChildren(restriction, [saml("Audience")], "audience");
    const audiences = childElements(restriction).map(plainText);
    if (!audiences.includes(facts.audience)) refuse("audience", "for another service provider");
  }
  return end;
}

function checkPeriod(element: Element, clock: Clock): Date | null {
  const notBefore = attributeOf(element, "NotBefore");
  const notOnOrAfter = attributeOf(element, "NotOnOrAfter");
  if (notBefore !== null) notInFuture(readInstant(notBefore, "conditions"), clock);
  return notOnOrAfter === null ? null : notEnded(readInstant(notOnOrAfter, "conditions"), clock);
}

/** One bearer confirmation has to hold; the first refusal is told where none does. */
function checkConfirmations(assertion: Element, expectation: Expectation): Date {
  const subject = onlyChild(assertion, saml("Subject"), "confirmation");
  const bearers = childrenNamed(subject, saml("SubjectConfirmation")).filter(
    (confirmation) => attributeOf(confirmation, "Method") === bearer,
  );
  if (bearers.length === 0 || bearers.length > confirmationsMax)
    refuse("confirmation", `${bearers.length} bearer confirmations`);
  const outcomes = bearers.map((confirmation) => tryConfirmation(confirmation, expectation));
  const ends = outcomes.filter((outcome) => outcome instanceof Date);
  const refusal = outcomes.find((outcome) => outcome instanceof SamlRefusal);
  if (ends.length === 0 && refusal) throw refusal;
  return new Date(Math.max(...ends.map((end) => end.getTime())));
}

function tryConfirmation(confirmation: Element, expectation: Expectation): Date | SamlRefusal {
  try {
    return checkConfirmation(confirmation, expectation);
  } catch (error) {
    if (error instanceof SamlRefusal) return error;
    throw error;
  }
}

function checkConfirmation(confirmation: Element, { config, requestId, now }: Expectation): Date {
  const clock = { now, skewSeconds: config.clockSkewSeconds };
  refuseOtherChildren(confirmation, [saml("SubjectConfirmationData")], "confirmation");
  const facts = onlyChild(confirmation, saml("SubjectConfirmationData"), "confirmation");
  if (attributeOf(facts, "Recipient") !== config.assertionConsumerUrl)
    refuse("confirmation", "for another recipient");
  if (attributeOf(facts, "InResponseTo") !== requestId)
    refuse("in_response_to", "the confirmation answers another request, or none");
  requiredAttribute(facts, "NotOnOrAfter", "confirmation");
  return checkPeriod(facts, clock) ?? refuse("confirmation", "without an end");
}

function checkStatements(assertion: Element, clock: Clock): Date | null {
  const statements = childElements(assertion).filter((child) =>
    isNamed(child, namespaces.assertion, "AuthnStatement"),
  );
  if (statements.length === 0) refuse("statement", "nobody says that the person signed in");
  const ends = statements.map((statement) => {
    notInFuture(readInstant(requiredAttribute(statement, "AuthnInstant", "statement"), "statement"), clock);
    const end = attributeOf(statement, "SessionNotOnOrAfter");
    return end === null ? null : notEnded(readInstant(end, "statement"), clock);
  });
  return ends.reduce((left, right) => (left && right ? earliest(left, right) : (left ?? right)), null);
}

function earliest(first: Date, ...others: (Date | null)[]): Date {
  const times = [first, ...others].flatMap((time) => (time ? [time.getTime()] : []));
  return new Date(Math.min(...times));
}
