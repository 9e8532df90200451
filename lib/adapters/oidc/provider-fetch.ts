import { OutsideFetchFailure, outsideFetch } from "@/lib/core/outside-fetch";
import type { OutsideFetch } from "@/lib/core/outside-fetch";
import type { OidcConfig } from "./oidc-config";
import { OidcRefusal } from "./oidc-refusal";
import { parseStrictJson } from "./strict-json";

const limits = { timeoutSeconds: 5, bytesMax: 256 * 1024 };

/** Calls to one provider: a good answer is JSON that reads one way only, an overloaded provider is an outage. */
export function providerFetch(config: OidcConfig): OutsideFetch {
  const fetchBounded = outsideFetch({ caCertificate: config.caCertificate, ...limits });
  return async (address, wanted) => {
    const answer = await fetchBounded(address, wanted);
    refuseOutage(answer, address);
    if (answer.status === 200)
      refuseLooseJson(answer.headers.get("content-type"), await answer.clone().text());
    return answer;
  };
}

function refuseOutage(answer: Response, address: string): void {
  const { status } = answer;
  if (status < 500 && status !== 408 && status !== 429) return;
  throw new OutsideFetchFailure("unavailable", "answer", `${new URL(address).origin} answers ${status}`);
}

function refuseLooseJson(contentType: string | null, body: string): void {
  if (!/^application\/(?:[\w.-]+\+)?json(?:\s*;|$)/i.test(contentType ?? "")) {
    throw new OidcRefusal("json", "the provider's answer is not declared as JSON");
  }
  try {
    parseStrictJson(body);
  } catch {
    throw new OidcRefusal("json", "the provider's answer is not JSON that reads one way only");
  }
}
