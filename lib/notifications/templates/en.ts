import type { NoticeWords } from "./rules";

export const english: NoticeWords = {
  templates: {
    APPROVAL_PENDING: {
      subject: "Waiting for your decision: {operation} in {system}",
      body: "{requester} asks for {operation} in {system}.\nService: {service}\nMachine: {vm}\n\nDecide here:\n{link}",
    },
    APPROVAL_COMPLETED: {
      subject: "Approved: {operation} in {system}",
      body: "{approver} approved your request for {operation}.\nSystem: {system}\nService: {service}\n\nFollow it here:\n{link}",
    },
    APPROVAL_REJECTED: {
      subject: "Rejected: {operation} in {system}",
      body: "{approver} rejected your request for {operation} in {system}.\nReason: {reason}\n\nSee the request:\n{link}",
    },
    APPROVAL_REMINDER: {
      subject: "Still waiting for your decision: {operation} in {system}",
      body: "The request of {requester} for {operation} in {system} is still waiting for you.\nStep: {step}\n\nDecide here:\n{link}",
    },
    APPROVAL_ESCALATED: {
      subject: "Passed on to you: {operation} in {system}",
      body: "Nobody decided in time, so the request of {requester} for {operation} in {system} comes to you.\nStep: {step}\n\nDecide here:\n{link}",
    },
    ACCESS_PENDING: {
      subject: "{requester} asks for access to {system}",
      body: "{requester} asks to become {role} of {system}.\nDays: {days}\n\nDecide here:\n{link}",
    },
    ACCESS_COMPLETED: {
      subject: "You have access to {system}",
      body: "{approver} made you {role} of {system}.\nDays: {days}\n\nSee the request:\n{link}",
    },
    ACCESS_REJECTED: {
      subject: "No access to {system}",
      body: "{approver} rejected your request for access to {system}.\nReason: {reason}\n\nSee the request:\n{link}",
    },
    INFORMATION_REQUESTED: {
      subject: "A question about your request in {system}",
      body: "{approver} has a question about your request for {operation} in {system}. The clock stands still until you answer.\nQuestion: {question}\n\nAnswer here:\n{link}",
    },
    INFORMATION_GIVEN: {
      subject: "Answered: {operation} in {system}",
      body: "{requester} answered the question about the request for {operation} in {system}.\n\nDecide here:\n{link}",
    },
    REQUEST_COMMENT: {
      subject: "{author} wrote about {operation} in {system}",
      body: "{author} wrote about the request for {operation} in {system}:\n{comment}\n\nRead it here:\n{link}",
    },
    VM_SUCCEEDED: {
      subject: "{vm}: done",
      body: "{vm}: {operation} is done.\nSystem: {system}\n\nSee it here:\n{link}",
    },
    VM_FAILED: {
      subject: "{vm}: failed",
      body: "{vm}: {operation} failed.\nSystem: {system}\n\nSee why here:\n{link}",
    },
    VM_EXPIRY: {
      subject: "{vm} expires in {days} days",
      body: "The virtual machine {vm} expires in {days} days. Without an extension it is stopped and then deleted.\nSystem: {system}\n\nExtend it here:\n{link}",
    },
    BATCH_COMPLETED: {
      subject: "Your batch is done: {succeeded} succeeded, {failed} failed",
      body: "Your batch ({operation}) has ended.\nSucceeded: {succeeded}\nFailed: {failed}\n\nSee each result:\n{link}",
    },
    QUOTA_CHANGED: {
      subject: "The quota of {system} in {environment} has changed",
      body: "The quota of {system} in {environment} has changed.\n\nSee it here:\n{link}",
    },
    EMERGENCY_ACCESS: {
      subject: "Emergency access: {person} in {system}",
      body: "{person} has taken emergency access to {system}.\nEnvironment: {environment}\nReason: {reason}\nMinutes: {minutes}\n\nFollow it here:\n{link}",
    },
    EMERGENCY_REVIEW: {
      subject: "Review of the emergency access of {person}",
      body: "This is about the review of the emergency access of {person}.\nSystem: {system}\n\nSee it here:\n{link}",
    },
    SYSTEM_ALERT: {
      subject: "A notice from the platform",
      body: "{alert}\nSign-in server: {provider}\nPerson: {username}\nMissing: {gone}\n\nSee it here:\n{link}",
    },
    DIGEST: {
      subject: "{count} unread notices",
      body: "Hello {recipient}, this is what you have not read yet:\n\n{entries}\n\nYour inbox:\n{link}",
    },
  },
  operations: {
    CREATE_VM: "a virtual machine",
    MODIFY_VM: "a change of a virtual machine",
    DELETE_VM: "the deletion of a virtual machine",
    START_VM: "a start",
    STOP_VM: "a stop",
    RESTART_VM: "a restart",
    FORCE_STOP_VM: "a forced stop",
    PAUSE_VM: "a pause",
    RESUME_VM: "the end of a pause",
    SOFT_REBOOT_VM: "a soft reboot",
    RESET_VM: "a reset",
    VNC_ACCESS: "console access",
    CREATE_SNAPSHOT: "a snapshot",
    RESTORE_SNAPSHOT: "going back to a snapshot",
    CLONE_VM: "a clone",
    EXTEND_VM: "a longer life",
    SCHEDULE_VM: "a time plan for starts and stops",
    INCREASE_QUOTA: "a larger quota",
    SYSTEM_ACCESS: "access",
    ACCESS: "access",
    ADOPT: "the adoption",
    IMPORT: "the import",
    CREATE: "the creation",
    MODIFY: "the change",
    DELETE: "the deletion",
    POWER: "the power operation",
    SNAPSHOT: "the snapshot",
    RESTORE: "the restore",
    CLONE: "the clone",
    LIFETIME: "the extension",
    QUOTA: "the larger quota",
    APPROVE: "approvals",
    BATCH: "a batch",
  },
  roles: { owner: "an owner", admin: "an admin", member: "a member", viewer: "a viewer" },
  alerts: {
    cohorts_missing: "A sign-in server named no groups for somebody; the roles of the last time stay.",
    directory_refresh_halted:
      "Refreshing people from a directory was halted, because many were missing all at once.",
    console_recording_broken: "The recording of a console broke off before its session was over.",
    decision_refused: "An approval of yours did not pass its last check; the request still waits.",
  },
  someAlert: "The platform has something to say.",
  open: "Open in Shepherd",
  footer: "You get this mail from Shepherd. What you get is your choice: {preferences}",
};
