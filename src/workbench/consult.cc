#include "workbench/consult.h"

#include <algorithm>
#include <set>

#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kText = 4000, kMissing = 60;

Json body_of(const Consult& c) {
  JsonArray missing;
  for (const MissingPoint& one : c.missing)
    missing.push_back(JsonObject{{"what", one.what}, {"kind", one.kind}, {"done", one.done}});
  return JsonObject{{"consult", c.kind},
                    {"who", c.who},
                    {"text", c.text},
                    {"answer", c.answer},
                    {"product", c.product},
                    {"help_org", c.help_org},
                    {"help_person", c.help_person},
                    {"missing", std::move(missing)},
                    {"said", said_json(c.said)}};
}

base::Result<Consult> kept(store::Session& session, const Consult& c, const std::string& action,
                           const std::string& why, const records::Doing& doing) {
  records::Change change;
  change.record = c.record, change.record.body = body_of(c), change.action = action, change.why = why;
  change.words = c.who + "\n" + c.text + "\n" + c.answer;
  for (const AdviceSaid& one : c.said) change.words += "\n" + one.text;
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return consult_of(*written);
}

base::Result<Consult> opened(store::Session& session, int64_t id, int64_t version) {
  auto found = records::record(session, kConsult, id);
  if (!found.ok()) return found.error();
  Consult c = consult_of(*found);
  if (version) c.record.version = version;
  if (found->state == "closed")
    return Error{"consult.state", "这件事已经答复了客户，不能再改", "state", "再问的另记一件"};
  return c;
}

base::Status check(const Consult& c) {
  static const std::set<std::string> kKinds = {"question", "problem", "handling"};
  if (!kKinds.contains(c.kind)) return Error{"consult.kind", "选是咨询、问题还是办理", "consult", ""};
  if (c.text.empty() || characters(c.text) > kText || characters(c.answer) > kText)
    return Error{"consult.text", "写客户问什么，最多 4000 字", "text", ""};
  if (c.record.customer.empty() && (c.who.empty() || characters(c.who) > 100))
    return Error{"consult.who", "写是哪个客户，或者怎样称呼", "who", "还不是客户的写称呼"};
  if (!c.record.until || *c.record.until < *c.record.day)
    return Error{"consult.days", "回访的日子不能早于记录的日子", "until", ""};
  // MKT-624: a problem has a department that solves it.
  if (c.kind == "problem" && c.help_org.empty())
    return Error{"consult.help", "办不成的写明请哪个部门解决", "help_org", "选一个部门"};
  if (c.missing.size() > kMissing) return Error{"consult.missing", "缺的最多 60 条", "missing", ""};
  for (const MissingPoint& one : c.missing)
    if (one.what.empty() || characters(one.what) > 200)
      return Error{"consult.missing", "缺的每一条要写明是什么", "missing", ""};
  return {};
}

}  // namespace

Consult consult_of(const records::Record& record) {
  if (record.kind != kConsult || !record.day)
    throw base::Broken("record " + std::to_string(record.id) + " is no consultation");
  Consult c;
  const Json& body = record.body;
  c.record = record, c.kind = text_in(body, "consult"), c.who = text_in(body, "who");
  c.text = text_in(body, "text"), c.answer = text_in(body, "answer"), c.product = whole_in(body, "product");
  c.help_org = text_in(body, "help_org"), c.help_person = text_in(body, "help_person"), c.said = said_in(body);
  for (const Json& one : list_in(body, "missing"))
    c.missing.push_back({text_in(one, "what"), text_in(one, "kind"), flag_in(one, "done")});
  return c;
}

base::Result<Consult> save_consult(store::Session& session, const Consult& ask, const records::Doing& doing) {
  Consult c = ask;
  c.record.kind = kConsult, c.record.state = "open";
  if (c.record.id) {
    auto before = opened(session, c.record.id, c.record.version);
    if (!before.ok()) return before;
    c.record.owner = before->record.owner, c.record.org = before->record.org;
    c.record.day = before->record.day, c.record.state = before->record.state;
    c.record.customer = before->record.customer, c.said = before->said, c.kind = before->kind;
    // Whom else it is put to has not answered yet.
    if (c.help_org != before->help_org || c.help_person != before->help_person) c.record.state = "open";
  }
  if (auto fits = check(c); !fits.ok()) return fits.error();
  return kept(session, c, "consult.write", "", doing);
}

base::Result<Consult> consult_step(store::Session& session, int64_t id, int64_t version, const AdviceSaid& said,
                                   const records::Doing& doing) {
  auto c = opened(session, id, version);
  if (!c.ok()) return c;
  if (said.text.empty() || characters(said.text) > kText)
    return Error{"suggestion.words", "写几句话，最多 4000 字", "text", ""};
  if (said.what == "help") c->record.state = "helped";
  if (said.what == "told") {
    // MKT-637: what was missing is completed before it is closed.
    for (const MissingPoint& one : c->missing)
      if (!one.done) return Error{"consult.missing", "还没有补齐：" + one.what, "missing", "补齐了勾上，再办结"};
    c->record.state = "closed", c->answer = said.text;
  }
  c->said.push_back(said);
  return kept(session, *c, "consult." + said.what, said.text, doing);
}

}  // namespace guanhu::workbench
