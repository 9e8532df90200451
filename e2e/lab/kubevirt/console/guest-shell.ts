export interface ShellHost {
  name: string;
  startedAt: Date;
  print(text: string): void;
  reboot(): void;
  clear(): void;
  bell(): void;
}

type Stage = "login" | "password" | "shell";

/** The login and the handful of commands that the pretend guest understands, on the screen and on the serial line. */
export class GuestShell {
  readonly #host: ShellHost;
  #stage: Stage = "login";
  #line = "";
  #user = "";

  constructor(host: ShellHost) {
    this.#host = host;
  }

  begin(): void {
    this.#stage = "login";
    this.#line = "";
    this.#host.print(`\nDebian GNU/Linux 13 ${this.#host.name} tty1\n\n`);
    this.#prompt();
  }

  type(text: string): void {
    for (const character of text) this.#typeOne(character);
  }

  #typeOne(character: string): void {
    if (character === "\r" || character === "\n") return this.#enter();
    if (character === "\x7f" || character === "\b") return this.#erase();
    if (character === "\x03") {
      this.#line = "";
      this.#host.print("^C\n");
      return this.#prompt();
    }
    if (character < " " || this.#line.length >= 200) return this.#host.bell();
    this.#line += character;
    if (this.#stage !== "password") this.#host.print(character);
  }

  #erase(): void {
    if (this.#line === "") return this.#host.bell();
    this.#line = this.#line.slice(0, -1);
    if (this.#stage !== "password") this.#host.print("\b");
  }

  #enter(): void {
    const line = this.#line.trim();
    this.#line = "";
    this.#host.print("\n");
    if (this.#stage === "login") {
      this.#user = line;
      this.#stage = line === "" ? "login" : "password";
    } else if (this.#stage === "password") {
      this.#stage = "shell";
      this.#host.print(`Welcome to ${this.#host.name}. Type "help" for the commands.\n`);
    } else if (this.#run(line)) {
      return;
    }
    this.#prompt();
  }

  #prompt(): void {
    const prompts: Record<Stage, string> = {
      login: `${this.#host.name} login: `,
      password: "Password: ",
      shell: `${this.#user}@${this.#host.name}:~$ `,
    };
    this.#host.print(prompts[this.#stage]);
  }

  /** Answers whether the command has taken over the screen, so that no prompt follows. */
  #run(line: string): boolean {
    const [command = "", ...words] = line.split(/\s+/);
    switch (command) {
      case "":
        return false;
      case "clear":
        this.#host.clear();
        return false;
      case "reboot":
        this.#host.reboot();
        return true;
      case "exit":
      case "logout":
        this.begin();
        return true;
      default:
        this.#host.print(this.#answer(command, words));
        return false;
    }
  }

  #answer(command: string, words: string[]): string {
    const upSeconds = Math.floor((Date.now() - this.#host.startedAt.getTime()) / 1000);
    switch (command) {
      case "help":
        return "Commands: help, date, uptime, uname, hostname, whoami, echo, ip, clear, reboot, exit\n";
      case "date":
        return `${new Date().toUTCString()}\n`;
      case "uptime":
        return ` up ${Math.floor(upSeconds / 60)} min ${upSeconds % 60} s, 1 user, load average: 0.00, 0.01, 0.00\n`;
      case "uname":
        return `Linux ${this.#host.name} 6.12.41-amd64 #1 SMP Debian 6.12.41-1 x86_64 GNU/Linux\n`;
      case "hostname":
        return `${this.#host.name}\n`;
      case "whoami":
        return `${this.#user}\n`;
      case "echo":
        return `${words.join(" ")}\n`;
      case "ip":
        return "1: lo: <LOOPBACK,UP> mtu 65536\n2: enp1s0: <BROADCAST,MULTICAST,UP> mtu 1450\n";
      default:
        this.#host.bell();
        return `-bash: ${command}: command not found\n`;
    }
  }
}
