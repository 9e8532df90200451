import { approveRequest } from "@/lib/requests/approve-request";
import { cancelRequest } from "@/lib/requests/cancel-request";
import { askForInformation } from "@/lib/requests/conversation/ask-for-information";
import { resubmitRequest } from "@/lib/requests/conversation/resubmit-request";
import { informationInput, resubmitInput } from "@/lib/requests/conversation/schema";
import { approveMany } from "@/lib/requests/queue/approve-many";
import { approveManyInput } from "@/lib/requests/queue/schema";
import { rejectRequest } from "@/lib/requests/reject-request";
import { approveInput, cancelInput, rejectInput } from "@/lib/requests/schema";
import { aMightyCast } from "./make-cast";
import { aRequestIn } from "./make-requests";
import { refuseInside, throughForm, type Attempt } from "./try-attempt";

/** What a decision never says: where, for whom, by whom, in which state. */
const foreign: Record<string, unknown> = {
  ...{ namespace: "prod-ns", serviceId: "another", systemId: "another", environment: "test" },
  ...{ requesterId: "another", approverId: "another", status: "APPROVED", operation: "START_VM" },
  ...{ policyEffect: "run", policyId: "another", workflow: null, dispatcher: "none", emergencyId: "one" },
  ...{ name: "vm", labels: {}, cloudInit: "#cloud-config", approvedSpec: {}, approvedHash: "0" },
  ...{ heldUntil: null, startAt: null, externalSystemId: "one", batchId: "one", duplicateKey: "none" },
  ...{ createdAt: "2000-01-01T00:00:00Z", onBehalfOf: "another", stepId: "another", seats: ["another"] },
};

async function doors() {
  const { requester, approver, ...cast } = await aMightyCast("somebody's", "role-viewer");
  const ticketId = await aRequestIn({ ...cast, requester, approver }, "PENDING");
  const asked = await aRequestIn({ ...cast, requester, approver }, "ASKED");
  const approve = throughForm(approveInput, (input) => approveRequest(approver, input));
  const reject = throughForm(rejectInput, (input) => rejectRequest(approver, input));
  const ask = throughForm(informationInput, (input) => askForInformation(approver, input));
  const answer = throughForm(resubmitInput, (input) => resubmitRequest(requester, input));
  const cancel = throughForm(cancelInput, (input) => cancelRequest(requester, input));
  const many = throughForm(approveManyInput, (input) => refuseInside(approveMany(approver, input)));
  return {
    ticketId,
    said: {
      approve: (over: object) => approve({ ticketId, ...over }),
      reject: (over: object) => reject({ ticketId, reason: "no", ...over }),
      ask: (over: object) => ask({ ticketId, question: "Why?", ...over }),
      answer: (over: object) => answer({ ticketId: asked, answer: "So.", ...over }),
      cancel: (over: object) => cancel({ ticketId, ...over }),
      many: (over: object) => many({ items: [{ ticketId, ...over }] }),
    },
  };
}

const malformed = ["VALIDATION_FAILED", "INVALID_REQUEST_FIELD"];

/** Members that no decision has, and those of another kind of request. */
export async function memberAttempts(): Promise<Attempt[]> {
  const { said } = await doors();
  const strange = Object.entries(said).flatMap(([door, say]) =>
    Object.entries(foreign).map(([member, value]) => ({
      name: `${door} with ${member}`,
      act: say({ [member]: value }),
      codes: malformed,
    })),
  );
  const ofCreations = {
    templateId: "t",
    instanceSizeId: "s",
    targetCpuCores: 64,
    minutes: 120,
    role: "owner",
    days: 9,
  };
  const otherwise = Object.entries(ofCreations).map(([member, value]) => ({
    name: `a removal that is answered with ${member}`,
    act: said.answer({ [member]: value }),
    codes: malformed,
  }));
  return [...strange, ...otherwise];
}

/** Stale, of the future, and none at all. */
export async function versionAttempts(): Promise<Attempt[]> {
  const { ticketId, said } = await doors();
  const { approve, reject, ask, answer, many } = said;
  const wrong = [2, 99, 2 ** 31 - 1, 0, -1, 1.5, 2 ** 53, "one", null, [1], {}, true];
  const versions = Object.entries({ approve, reject, ask, many }).flatMap(([door, say]) =>
    wrong.map((version) => ({
      name: `${door} at version ${JSON.stringify(version)}`,
      act: say({ version }),
    })),
  );
  // What was asked about has been counted up once.
  const answers = wrong
    .filter((version) => version !== 2)
    .map((version) => ({ name: `answer at version ${JSON.stringify(version)}`, act: answer({ version }) }));
  const names = ["", " ", "x".repeat(65), `${ticketId}' OR 1=1`, "%", null, 1, {}, [ticketId]].flatMap(
    (name) =>
      Object.entries({ approve, reject, ask, many, cancel: said.cancel }).map(([door, say]) => ({
        name: `${door} of ${JSON.stringify(name)}`,
        act: say({ ticketId: name }),
      })),
  );
  return [...versions, ...answers, ...names];
}
