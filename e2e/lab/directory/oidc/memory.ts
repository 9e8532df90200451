import type { Adapter, Payload } from "oidc-provider";

interface Kept {
  payload: Payload;
  endsAt: number;
}

export interface Memory {
  adapterFor(model: string): Adapter;
  /** The sessions somebody has open, each with the client sessions in it. */
  sessionsOf(accountId: string): { clientId: string; sessionId: string }[];
  endSessions(accountId: string): void;
}

/** Codes, tokens and sessions, for as long as the lab runs; clients come from the registration. */
export function openMemory(findClient: (id: string) => Payload | undefined): Memory {
  const models = new Map<string, Map<string, Kept>>();
  const rowsOf = (model: string) => {
    const rows = models.get(model) ?? new Map<string, Kept>();
    models.set(model, rows);
    return rows;
  };
  const sessions = () => [...rowsOf("Session")].filter(([, kept]) => kept.endsAt > Date.now());
  const sessionsOfAccount = (accountId: string) =>
    sessions().filter(([, { payload }]) => payload.accountId === accountId);
  return {
    adapterFor: (model) =>
      model === "Client"
        ? { ...adapterOn(rowsOf(model), models), find: (id) => Promise.resolve(findClient(id)) }
        : adapterOn(rowsOf(model), models),
    sessionsOf: (accountId) =>
      sessionsOfAccount(accountId).flatMap(([, { payload }]) =>
        Object.entries(payload.authorizations ?? {}).flatMap(([clientId, { sid }]) =>
          sid === undefined ? [] : [{ clientId, sessionId: sid }],
        ),
      ),
    endSessions: (accountId) => {
      for (const [id] of sessionsOfAccount(accountId)) rowsOf("Session").delete(id);
    },
  };
}

function adapterOn(rows: Map<string, Kept>, models: Map<string, Map<string, Kept>>): Adapter {
  const findWhere = (matches: (payload: Payload) => boolean) =>
    Promise.resolve(
      [...rows.values()].find((kept) => kept.endsAt > Date.now() && matches(kept.payload))?.payload,
    );
  return {
    upsert: (id, payload, expiresIn) => {
      const endsAt = expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1000;
      rows.set(id, { payload, endsAt });
      return Promise.resolve();
    },
    find: (id) => {
      const kept = rows.get(id);
      return Promise.resolve(kept && kept.endsAt > Date.now() ? kept.payload : undefined);
    },
    findByUid: (uid) => findWhere((payload) => payload.uid === uid),
    findByUserCode: (userCode) => findWhere((payload) => payload.userCode === userCode),
    consume: (id) => {
      const kept = rows.get(id);
      if (kept) kept.payload["consumed"] = Math.floor(Date.now() / 1000);
      return Promise.resolve();
    },
    destroy: (id) => {
      rows.delete(id);
      return Promise.resolve();
    },
    revokeByGrantId: (grantId) => {
      for (const model of models.values()) {
        for (const [id, { payload }] of model) if (payload.grantId === grantId) model.delete(id);
      }
      return Promise.resolve();
    },
  };
}
