declare module "oidc-provider" {
  import type { EventEmitter } from "node:events";
  import type { IncomingMessage, ServerResponse } from "node:http";

  /** What the lab uses of oidc-provider, which comes without types. */
  export default class Provider extends EventEmitter {
    constructor(issuer: string, configuration: Configuration);
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: { login: { accountId: string } } | { error: string; error_description: string },
    ): Promise<void>;
    Client: { find(id: string): Promise<Client | undefined> };
    Grant: {
      new (facts: { clientId: string; accountId: string }): Grant;
      find(id: string): Promise<Grant | undefined>;
    };
  }

  export interface Configuration {
    [name: string]: unknown;
    adapter: (model: string) => Adapter;
  }

  export interface Interaction {
    uid: string;
    params: Record<string, unknown>;
  }

  export interface Client {
    clientId: string;
    backchannelLogoutUri?: string;
    backchannelLogout(accountId: string, sessionId: string): Promise<void>;
  }

  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  /** What a request carries through the provider, as its hooks see it. */
  export interface HookContext {
    body: unknown;
    type: string;
    oidc: {
      provider: Provider;
      client: Client;
      session: { accountId: string; grantIdFor(clientId: string): string | undefined };
      params: Record<string, string | undefined>;
    };
  }

  export interface Payload {
    [name: string]: unknown;
    accountId?: string;
    uid?: string;
    userCode?: string;
    grantId?: string;
    authorizations?: Record<string, { sid?: string }>;
  }

  export interface Adapter {
    upsert(id: string, payload: Payload, expiresIn?: number): Promise<void>;
    find(id: string): Promise<Payload | undefined>;
    findByUid(uid: string): Promise<Payload | undefined>;
    findByUserCode(userCode: string): Promise<Payload | undefined>;
    consume(id: string): Promise<void>;
    destroy(id: string): Promise<void>;
    revokeByGrantId(grantId: string): Promise<void>;
  }
}
