// `checklist`, `duty`, `notice` and `process` blocks: what people are asked to do.
#include <algorithm>

#include "policy/detail/draft.h"
#include "policy/detail/fields.h"
#include "policy/detail/text.h"
#include "policy/detail/texts.h"
#include "policy/detail/type_text.h"
#include "policy/detail/words.h"

namespace guanhu::policy::detail {

namespace {

constexpr Word<std::string_view> kSubjects[] = {
    {"loan", "loan", "贷款"},
    {"customer", "customer", "客户"},
    {"contract", "contract", "合同"},
    {"collateral", "collateral", "押品"},
    {"account", "account", "账户"},
    {"manager", "manager", "客户经理"},
    {"organisation", "organisation", "机构"},
    {"lead", "lead", "线索"},
    {"case", "case", "业务"},
};
constexpr Word<std::string_view> kChannels[] = {
    {"message", "message", "站内消息"}, {"sms", "sms", "短信"}, {"letter", "letter", "书面"}};
constexpr std::pair<std::string_view, Delay::Unit> kDelays[] = {
    {"天", Delay::Unit::day},   {"工作日", Delay::Unit::working_day}, {"周", Delay::Unit::week},
    {"月", Delay::Unit::month}, {"个月", Delay::Unit::month},         {"季", Delay::Unit::quarter},
    {"年", Delay::Unit::year}};

class WorkReader {
 public:
  WorkReader(Draft& draft, Report& report, const Begun& at) : draft_(draft), report_(report), at_(at) {}

  void checklist();
  void duty();
  void notice();
  void process();

 private:
  Text formula(std::string_view key, bool required) {
    const Node* node = at_.fields.node(key, NodeKind::string, required);
    return node ? trimmed(text_of(*node)) : Text{};
  }
  std::string subject() {
    return std::string(
        at_.fields.choice("for", std::span<const Word<std::string_view>>(kSubjects), true).value_or("loan"));
  }
  std::optional<Delay> delay(const Node& node);
  std::vector<Field> fields(std::string_view key, bool required);
  void escalations(Duty& out);
  void steps(Process& out);
  ProcessStep step(const Node& node);
  void separations(Process& out);

  Draft& draft_;
  Report& report_;
  const Begun& at_;
};

// "3 工作日", "15天", "2 个月".
std::optional<Delay> WorkReader::delay(const Node& node) {
  std::string_view text = trim(node.text);
  size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  std::string_view unit = trim(text.substr(digits));
  for (const auto& [word, value] : kDelays)
    if (unit == word && digits > 0 && digits < 6)
      return Delay{std::stoi(std::string(text.substr(0, digits))), value};
  at_.fields.refuse(node, "policy.delay", "“" + node.text + "”不是一段时间",
                    "写成 \"3 工作日\"、\"15 天\"、\"1 月\"、\"1 季\" 或 \"1 年\"");
  return std::nullopt;
}

std::vector<Field> WorkReader::fields(std::string_view key, bool required) {
  const Node* node =
      at_.fields.node(key, NodeKind::string, required, std::string(key) + " = \"\"\"…\"\"\"，每行一个 名称: 类型");
  if (!node) return {};
  TypeReader reader(
      *at_.block.source, report_, [this](std::string_view name) { return draft_.type(name); },
      draft_.type_names());
  bool sound = true;
  auto out = reader.fields(text_of(*node), true, sound);
  if (!sound) at_.fields.mark_unsound();
  return out;
}

void WorkReader::checklist() {
  Checklist out;
  out.id = at_.block.name;
  out.title = at_.fields.text("title").value_or("");
  out.items = fields("items", true);
  out.conclusion = at_.fields.optional_text("conclusion");
  out.origin = cite(at_, true);
  keep(draft_, at_, ElementKind::checklist, draft_.pack.checklists.size());
  draft_.pack.checklists.push_back(std::move(out));
}

void WorkReader::escalations(Duty& out) {
  for (const Node* node : at_.fields.tables("escalate", false)) {
    Fields fields(*at_.block.source, *node, node->at, "[[escalate]] ", report_);
    const Node* after = fields.node("after", NodeKind::string, true, "写成 after = \"3 工作日\"");
    Escalation one;
    if (after) one.after = delay(*after).value_or(Delay{});
    one.to = fields.text("to").value_or("");
    if (!fields.finish()) at_.fields.mark_unsound();
    out.escalations.push_back(std::move(one));
  }
}

void WorkReader::duty() {
  Duty out;
  out.id = at_.block.name;
  out.title = at_.fields.text("title").value_or("");
  out.subject = subject();
  out.where = formula("where", false);
  out.due = formula("due", true);
  if (const Node* lead = at_.fields.node("lead", NodeKind::string, false))
    out.lead = delay(*lead).value_or(Delay{});
  out.who = at_.fields.text("who").value_or("");
  escalations(out);
  out.checklist = at_.fields.optional_text("checklist");
  out.origin = cite(at_, true);
  keep(draft_, at_, ElementKind::duty, draft_.pack.duties.size());
  draft_.pack.duties.push_back(std::move(out));
}

void WorkReader::notice() {
  Notice out;
  out.id = at_.block.name;
  out.title = at_.fields.text("title").value_or("");
  out.subject = subject();
  out.where = formula("where", false);
  out.when = formula("when", true);
  out.to = at_.fields.texts("to", true);
  out.channel =
      at_.fields.choice("channel", std::span<const Word<std::string_view>>(kChannels), false).value_or("message");
  out.text = at_.fields.text("text").value_or("");
  out.origin = cite(at_, true);
  keep(draft_, at_, ElementKind::notice, draft_.pack.notices.size());
  draft_.pack.notices.push_back(std::move(out));
}

ProcessStep WorkReader::step(const Node& node) {
  Fields fields(*at_.block.source, node, node.at, "[[step]] ", report_);
  ProcessStep out;
  if (const Node* name = fields.node("name", NodeKind::string, true))
    out.name = name->text, out.at = text_of(*name);
  out.roles = fields.texts("who", true);
  if (auto people = fields.optional_number("people")) {
    auto count = people->to_int64();
    if (!count || *count < 1 || *count > 9)
      fields.refuse("people", "policy.process", "人数要是 1 到 9 的整数", "写成 people = 2");
    else out.people = static_cast<int>(*count);
  }
  if (const Node* when = fields.node("when", NodeKind::string, false)) out.condition = trimmed(text_of(*when));
  if (const Node* within = fields.node("within", NodeKind::string, false)) out.deadline = delay(*within);
  out.gate = fields.optional_text("gate");
  out.form = fields.optional_text("checklist");
  if (!fields.finish()) at_.fields.mark_unsound();
  return out;
}

// separate = [["调查", "审查", "审批"]]: each by a different person.
void WorkReader::separations(Process& out) {
  const Node* node = at_.fields.node("separate", NodeKind::list, false);
  if (!node) return;
  auto known = [&](const std::string& name) {
    return std::any_of(out.steps.begin(), out.steps.end(), [&](const ProcessStep& s) { return s.name == name; });
  };
  for (const Node& group : node->items) {
    std::vector<std::string> names;
    for (const Node& item : group.items) {
      if (item.kind == NodeKind::string && known(item.text)) names.push_back(item.text);
      else at_.fields.refuse(item, "policy.process", "没有“" + item.text + "”这一步", "写这个流程里的步骤名");
    }
    if (group.kind != NodeKind::list || names.size() < 2)
      at_.fields.refuse(group, "policy.process", "不能由同一人办的步骤，每组至少两步",
                        "写成 separate = [[\"调查\", \"审批\"]]");
    out.separate.push_back(std::move(names));
  }
}

void WorkReader::process() {
  Process out;
  out.id = at_.block.name;
  out.title = at_.fields.text("title").value_or("");
  out.subject = subject();
  out.inputs = fields("inputs", false);
  for (const Node* node : at_.fields.tables("step", true)) {
    ProcessStep next = step(*node);
    bool repeated =
        std::any_of(out.steps.begin(), out.steps.end(), [&](const auto& s) { return s.name == next.name; });
    if (repeated)
      at_.fields.refuse(node->find("name")->value, "policy.process", "步骤“" + next.name + "”写了两次",
                        "改一个名称");
    out.steps.push_back(std::move(next));
  }
  separations(out);
  out.origin = cite(at_, true);
  keep(draft_, at_, ElementKind::process, draft_.pack.processes.size());
  draft_.pack.processes.push_back(std::move(out));
}

}  // namespace

void read_work(Draft& draft, Report& report, const Begun& at) {
  WorkReader reader(draft, report, at);
  if (at.block.kind == "checklist") reader.checklist();
  else if (at.block.kind == "duty") reader.duty();
  else if (at.block.kind == "notice") reader.notice();
  else reader.process();
}

}  // namespace guanhu::policy::detail
