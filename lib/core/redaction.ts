const secretKey = /password|secret|token|credential|private_?key|api_?key|session_?id|connection_?string/i;

/** Replaces what an audit record must never hold, however deep it stands (spec §5.21). */
export function redact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redact);
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Date) return value.toISOString();
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, redactMember(key, member)]));
}

function redactMember(key: string, member: unknown): unknown {
  if (/kubeconfig/i.test(key)) return "[NOT_LOGGED]";
  return secretKey.test(key) ? "[REDACTED]" : redact(member);
}
