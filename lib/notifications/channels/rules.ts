/** An envelope moved to another secret's row does not open. */
export function channelBinding(secretId: string): string {
  return `notice_channel_secret:${secretId}`;
}

/** The host alone: the path of a chat's webhook is its password. */
export function hintOf(address: string): string {
  return `${new URL(address).host}/…`;
}
