import type { NoticeWords } from "./rules";

export const chinese: NoticeWords = {
  templates: {
    APPROVAL_PENDING: {
      subject: "待您审批：{system} 的{operation}",
      body: "{requester} 在 {system} 申请{operation}。\n服务：{service}\n虚拟机：{vm}\n\n前往审批：\n{link}",
    },
    APPROVAL_COMPLETED: {
      subject: "已批准：{system} 的{operation}",
      body: "{approver} 批准了您的{operation}申请。\n系统：{system}\n服务：{service}\n\n查看进度：\n{link}",
    },
    APPROVAL_REJECTED: {
      subject: "已拒绝：{system} 的{operation}",
      body: "{approver} 拒绝了您在 {system} 的{operation}申请。\n原因：{reason}\n\n查看申请：\n{link}",
    },
    APPROVAL_REMINDER: {
      subject: "仍待您审批：{system} 的{operation}",
      body: "{requester} 在 {system} 的{operation}申请仍在等待您的决定。\n步骤：{step}\n\n前往审批：\n{link}",
    },
    APPROVAL_ESCALATED: {
      subject: "已升级给您：{system} 的{operation}",
      body: "由于未按时决定，{requester} 在 {system} 的{operation}申请已转交给您。\n步骤：{step}\n\n前往审批：\n{link}",
    },
    ACCESS_PENDING: {
      subject: "{requester} 申请访问 {system}",
      body: "{requester} 申请成为 {system} 的{role}。\n天数：{days}\n\n前往审批：\n{link}",
    },
    ACCESS_COMPLETED: {
      subject: "您已获得 {system} 的访问权限",
      body: "{approver} 已将您设为 {system} 的{role}。\n天数：{days}\n\n查看申请：\n{link}",
    },
    ACCESS_REJECTED: {
      subject: "未获得 {system} 的访问权限",
      body: "{approver} 拒绝了您对 {system} 的访问申请。\n原因：{reason}\n\n查看申请：\n{link}",
    },
    INFORMATION_REQUESTED: {
      subject: "关于您在 {system} 的申请有一个问题",
      body: "{approver} 对您在 {system} 的{operation}申请有疑问。在您回答之前计时暂停。\n问题：{question}\n\n前往回答：\n{link}",
    },
    INFORMATION_GIVEN: {
      subject: "已回答：{system} 的{operation}",
      body: "{requester} 已回答关于 {system} 的{operation}申请的问题。\n\n前往审批：\n{link}",
    },
    REQUEST_COMMENT: {
      subject: "{author} 评论了 {system} 的{operation}",
      body: "{author} 评论了 {system} 的{operation}申请：\n{comment}\n\n查看评论：\n{link}",
    },
    VM_SUCCEEDED: {
      subject: "{vm}：已完成",
      body: "{vm}：{operation}已完成。\n系统：{system}\n\n查看详情：\n{link}",
    },
    VM_FAILED: {
      subject: "{vm}：失败",
      body: "{vm}：{operation}失败。\n系统：{system}\n\n查看原因：\n{link}",
    },
    VM_EXPIRY: {
      subject: "{vm} 将在 {days} 天后到期",
      body: "虚拟机 {vm} 将在 {days} 天后到期。若不延期，它将被停止，随后删除。\n系统：{system}\n\n前往延期：\n{link}",
    },
    BATCH_COMPLETED: {
      subject: "批量操作已结束：成功 {succeeded}，失败 {failed}",
      body: "您的批量操作（{operation}）已结束。\n成功：{succeeded}\n失败：{failed}\n\n查看每项结果：\n{link}",
    },
    QUOTA_CHANGED: {
      subject: "{system} 在 {environment} 的配额已变更",
      body: "{system} 在 {environment} 的配额已变更。\n\n查看详情：\n{link}",
    },
    EMERGENCY_ACCESS: {
      subject: "紧急访问：{person} 在 {system}",
      body: "{person} 已启用对 {system} 的紧急访问。\n环境：{environment}\n原因：{reason}\n分钟数：{minutes}\n\n查看详情：\n{link}",
    },
    EMERGENCY_REVIEW: {
      subject: "{person} 紧急访问的复核",
      body: "此通知关于 {person} 紧急访问的复核。\n系统：{system}\n\n查看详情：\n{link}",
    },
    SYSTEM_ALERT: {
      subject: "平台通知",
      body: "{alert}\n登录服务器：{provider}\n人员：{username}\n缺失：{gone}\n\n查看详情：\n{link}",
    },
    DIGEST: {
      subject: "{count} 条未读通知",
      body: "{recipient}，您好，以下是您尚未阅读的内容：\n\n{entries}\n\n您的收件箱：\n{link}",
    },
  },
  operations: {
    CREATE_VM: "创建虚拟机",
    MODIFY_VM: "修改虚拟机",
    DELETE_VM: "删除虚拟机",
    START_VM: "启动",
    STOP_VM: "停止",
    RESTART_VM: "重启",
    FORCE_STOP_VM: "强制停止",
    PAUSE_VM: "暂停",
    RESUME_VM: "恢复运行",
    SOFT_REBOOT_VM: "软重启",
    RESET_VM: "重置",
    VNC_ACCESS: "控制台访问",
    CREATE_SNAPSHOT: "创建快照",
    RESTORE_SNAPSHOT: "恢复快照",
    CLONE_VM: "克隆",
    EXTEND_VM: "延期",
    SCHEDULE_VM: "启停计划",
    INCREASE_QUOTA: "增加配额",
    SYSTEM_ACCESS: "访问",
    ACCESS: "访问",
    ADOPT: "接管",
    IMPORT: "导入",
    CREATE: "创建",
    MODIFY: "修改",
    DELETE: "删除",
    POWER: "电源操作",
    SNAPSHOT: "快照",
    RESTORE: "恢复",
    CLONE: "克隆",
    LIFETIME: "延期",
    QUOTA: "增加配额",
    APPROVE: "审批",
    BATCH: "批量操作",
  },
  roles: { owner: "所有者", admin: "管理员", member: "成员", viewer: "查看者" },
  alerts: {
    cohorts_missing: "某登录服务器未提供某人的群组，保留上一次的角色。",
    directory_refresh_halted: "已停止从目录刷新人员，因为一次性缺失了许多人。",
    console_recording_broken: "一段控制台录像在会话结束前中断。",
    decision_refused: "您的一项批准未通过最终检查，申请仍在等待。",
  },
  someAlert: "平台有一条消息。",
  open: "在 Shepherd 中打开",
  footer: "此邮件由 Shepherd 发送。您可以选择接收哪些邮件：{preferences}",
};
