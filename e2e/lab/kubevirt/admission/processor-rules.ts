import type { Cause } from "../failures";
import type { JsonObject } from "../json";
import { numberAt, objectAt, textAt, valueAt } from "../json";
import { quantityOr } from "../quantities";
import { base, invalidField, requiredField, unsupportedField } from "./causes";

const domainField = `${base}.domain`;
const policies = ["", "force", "require", "optional", "disable", "forbid"];

export function reviewProcessors(instance: JsonObject, gates: string[]): Cause[] {
  const domain = objectAt(instance, "domain");
  return [
    ...reviewCounts(domain),
    ...reviewShares(domain),
    ...(valueAt(domain, "cpu", "dedicatedCpuPlacement") === true ? reviewDedicated(domain) : []),
    ...reviewNuma(domain, gates),
    ...reviewRealtime(domain),
    ...reviewFeatures(domain),
  ];
}

function reviewCounts(domain: JsonObject): Cause[] {
  const negative = ["cores", "sockets", "threads"].filter(
    (member) => (numberAt(domain, "cpu", member) ?? 0) < 0,
  );
  const causes = negative.map((member) =>
    invalidField(
      `${domainField}.cpu.${member}`,
      `${domainField}.cpu.${member} must be greater than or equal to 0`,
    ),
  );
  const isDedicated = valueAt(domain, "cpu", "dedicatedCpuPlacement") === true;
  if (valueAt(domain, "cpu", "isolateEmulatorThread") === true && !isDedicated) {
    const message = "IsolateEmulatorThread should be only set in combination with DedicatedCPUPlacement";
    causes.push(invalidField(`${domainField}.cpu.isolateEmulatorThread`, message));
  }
  const maxSockets = numberAt(domain, "cpu", "maxSockets") ?? 0;
  if (maxSockets !== 0 && (numberAt(domain, "cpu", "sockets") ?? 0) > maxSockets) {
    const message = "Number of sockets in CPU topology is greater than the maximum sockets allowed";
    causes.push(invalidField(`${domainField}.cpu.sockets`, message));
  }
  return causes;
}

function sharesOf(domain: JsonObject) {
  const request = valueAt(domain, "resources", "requests", "cpu");
  const limit = valueAt(domain, "resources", "limits", "cpu");
  return {
    request: quantityOr(request, 0),
    limit: quantityOr(limit, 0),
    texts: { request: String(request), limit: String(limit) },
  };
}

const requestField = `${domainField}.resources.requests.cpu`;
const limitField = `${domainField}.resources.limits.cpu`;

function reviewShares(domain: JsonObject): Cause[] {
  const { request, limit, texts } = sharesOf(domain);
  const causes: Cause[] = [];
  if (limit < 0)
    causes.push(
      invalidField(limitField, `${limitField} '${texts.limit}': must be greater than or equal to 0.`),
    );
  if (request < 0)
    causes.push(
      invalidField(requestField, `${requestField} '${texts.request}': must be greater than or equal to 0.`),
    );
  if (limit > 0 && request > limit) {
    const message = `${requestField} '${texts.request}' is greater than ${limitField} '${texts.limit}'`;
    causes.push(invalidField(requestField, message));
  }
  return causes;
}

/** Whole processors for one machine alone leave nothing to share. */
function reviewDedicated(domain: JsonObject): Cause[] {
  const { request, limit } = sharesOf(domain);
  const count = (member: string) => numberAt(domain, "cpu", member) ?? 0;
  const given = [count("sockets"), count("cores"), count("threads")].filter((one) => one > 0);
  const virtual = given.reduce((product, one) => product * one, given.length > 0 ? 1 : 0);
  const field = `${domainField}.cpu.dedicatedCpuPlacement`;
  const coresField = `${domainField}.cpu.cores`;
  const causes: Cause[] = [];
  if (!Number.isInteger(request))
    causes.push(invalidField(requestField, "provided resources CPU requests must be an interger"));
  if (!Number.isInteger(limit))
    causes.push(invalidField(limitField, "provided resources CPU limits must be an interger"));
  causes.push(...reviewDedicatedMemory(domain));
  if (request === 0 && limit === 0 && virtual === 0) {
    const message = `either ${requestField} or ${limitField} or ${coresField} must be provided when DedicatedCPUPlacement is true `;
    causes.push(invalidField(field, message));
  }
  if (request > 0 && limit > 0 && request !== limit) {
    const message = `${requestField} or ${limitField} must be equal when DedicatedCPUPlacement is true `;
    causes.push(invalidField(field, message));
  }
  if (request + limit > 0 && virtual > 0 && request !== virtual && limit !== virtual) {
    const message = `${requestField} or ${limitField} must not be provided at the same time with ${coresField} when DedicatedCPUPlacement is true `;
    causes.push(invalidField(field, message));
  }
  if (count("threads") > 2) {
    const message = `Not more than two threads must be provided at ${domainField}.cpu.threads (got ${count("threads")}) when DedicatedCPUPlacement is true`;
    causes.push(invalidField(field, message));
  }
  return causes;
}

function reviewDedicatedMemory(domain: JsonObject): Cause[] {
  const request = quantityOr(valueAt(domain, "resources", "requests", "memory"), 0);
  const limit = quantityOr(valueAt(domain, "resources", "limits", "memory"), 0);
  if (request === 0 || limit === 0 || request === limit) return [];
  const field = `${domainField}.resources.requests.memory`;
  return [invalidField(field, `${field} must be equal to ${domainField}.resources.limits.memory`)];
}

function reviewNuma(domain: JsonObject, gates: string[]): Cause[] {
  if (valueAt(domain, "cpu", "numa", "guestMappingPassthrough") === undefined) return [];
  const field = `${domainField}.cpu.numa.guestMappingPassthrough`;
  const dedicated = `${domainField}.cpu.dedicatedCpuPlacement`;
  const hugepages = `${domainField}.memory.hugepages`;
  const causes: Cause[] = [];
  if (!gates.includes("NUMA")) {
    const message = `NUMA feature gate is not enabled in kubevirt-config, invalid entry ${field}`;
    causes.push(invalidField(field, message));
  }
  if (valueAt(domain, "cpu", "dedicatedCpuPlacement") !== true) {
    const message = `${dedicated} must be set to true when NUMA topology strategy is set in ${field}`;
    causes.push(invalidField(dedicated, message));
  }
  if (valueAt(domain, "memory", "hugepages") === undefined) {
    const message = `${hugepages} must be requested when NUMA topology strategy is set in ${field}`;
    causes.push(invalidField(hugepages, message));
  }
  return causes;
}

function reviewRealtime(domain: JsonObject): Cause[] {
  if (valueAt(domain, "cpu", "realtime") === undefined) return [];
  const realtime = `${domainField}.cpu.realtime`;
  const dedicated = `${domainField}.cpu.dedicatedCpuPlacement`;
  const numa = `${domainField}.cpu.numa.guestMappingPassthrough`;
  const causes: Cause[] = [];
  if (valueAt(domain, "cpu", "dedicatedCpuPlacement") !== true)
    causes.push(requiredField(dedicated, `${dedicated} must be set to true when ${realtime} is used`));
  if (valueAt(domain, "cpu", "numa", "guestMappingPassthrough") === undefined)
    causes.push(requiredField(numa, `${numa} must be defined when ${realtime} is used`));
  return causes;
}

function reviewFeatures(domain: JsonObject): Cause[] {
  const features = valueAt(domain, "cpu", "features");
  return (Array.isArray(features) ? features : []).flatMap((feature, index) => {
    const policy = textAt(feature, "policy") ?? "";
    if (policies.includes(policy)) return [];
    const message = `CPU feature ${textAt(feature, "name") ?? ""} uses policy ${policy} that is not supported.`;
    return [unsupportedField(`${domainField}.cpu.features[${index}].policy`, message)];
  });
}
