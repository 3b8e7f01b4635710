#include "customers/need_pass.h"

#include <charconv>

#include "base/json_member.h"
#include "customers/customer.h"

namespace guanhu::customers {

using base::Error;
using base::Json;
using base::JsonObject;
using base::Result;
using records::Record;

namespace {

Json body_of(const NeedPass& of) {
  return JsonObject{{"what", of.what},     {"form", of.form},         {"stage", of.stage},
                    {"to", of.to},         {"text", of.text},         {"visit_at", of.visit_at},
                    {"fast", of.fast},     {"taken_by", of.taken_by}, {"result", of.result},
                    {"method", of.method}, {"told", of.told}};
}

Result<NeedPass> kept(store::Session& session, const NeedPass& of, const std::string& action,
                      const std::string& why, const records::Doing& doing) {
  records::Change change;
  change.record = of.record, change.record.body = body_of(of), change.action = action, change.why = why;
  change.words = of.text + "\n" + of.result + "\n" + of.method + "\n" + of.told;
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return pass_of(*written);
}

// "09:30": two figures each, within a day.
bool is_time(const std::string& text) {
  int hour = -1, minute = -1;
  if (text.size() != 5 || text[2] != ':') return false;
  const char* at = text.data();
  return std::from_chars(at, at + 2, hour).ptr == at + 2 &&
         std::from_chars(at + 3, at + 5, minute).ptr == at + 5 && hour >= 0 && hour < 24 && minute >= 0 &&
         minute < 60;
}

Error wrong_turn(const std::string& state) {
  const char* word = state == "sent"      ? "等对方接手"
                     : state == "working" ? "对方正在办"
                     : state == "done"    ? "办好了，等告诉客户"
                     : state == "told"    ? "已经告诉客户"
                                          : "已经撤回";
  return Error{"pass.state", std::string("这件事") + word + "，不能再做这一步", "state", "刷新以后再看"};
}

}  // namespace

NeedPass pass_of(const Record& record) {
  if (record.kind != kPassKind) throw base::Broken("record " + std::to_string(record.id) + " passes nothing on");
  NeedPass out;
  const Json& body = record.body;
  out.record = record;
  out.what = text_in(body, "what"), out.form = text_in(body, "form"), out.stage = text_in(body, "stage");
  out.to = text_in(body, "to"), out.text = text_in(body, "text"), out.visit_at = text_in(body, "visit_at");
  const Json* fast = body.find("fast");
  out.fast = fast && fast->as_bool() && *fast->as_bool();
  out.taken_by = text_in(body, "taken_by"), out.result = text_in(body, "result");
  out.method = text_in(body, "method"), out.told = text_in(body, "told");
  return out;
}

Result<NeedPass> send_pass(store::Session& session, const NeedPass& pass, const records::Doing& doing) {
  if (!is_reason(pass.text)) return Error{"pass.text", "没有写客户要什么，或太长", "text", "写给接手的人看"};
  if (!pass.visit_at.empty() && !is_time(pass.visit_at))
    return Error{"pass.visit", "到店的时间“" + pass.visit_at + "”看不懂", "visit_at", "写成 09:30 这样"};
  NeedPass of = pass;
  of.record.kind = kPassKind, of.record.state = "sent";
  return kept(session, of, "pass.send", "", doing);
}

Result<NeedPass> step_pass(store::Session& session, const PassDone& done, const records::Doing& doing) {
  auto found = records::record(session, kPassKind, done.id);
  if (!found.ok()) return found.error();
  NeedPass of = pass_of(*found);
  const std::string& state = found->state;
  const bool sent = state == "sent", working = state == "working";
  const bool turn = done.step == PassStep::take   ? sent
                    : done.step == PassStep::told ? state == "done"
                                                  : sent || working;
  if (!turn) return wrong_turn(state);
  of.record.version = done.version;
  if (done.step != PassStep::take && !is_reason(done.text))
    return Error{"pass.text", "没有写，或太长", "text", "用一两句话写明"};
  switch (done.step) {
    case PassStep::take: of.record.state = "working", of.taken_by = done.by; break;
    case PassStep::done:
      of.record.state = "done", of.taken_by = done.by, of.result = done.text, of.method = done.method;
      break;
    case PassStep::told: of.record.state = "told", of.told = done.text; break;
    case PassStep::withdraw: of.record.state = "withdrawn"; break;
  }
  static constexpr const char* kActions[] = {"pass.take", "pass.done", "pass.told", "pass.withdraw"};
  return kept(session, of, kActions[static_cast<int>(done.step)], done.text, doing);
}

std::vector<NeedPass> open_passes(store::Session& session) {
  records::Filter filter;
  filter.kinds = {kPassKind}, filter.states = {"sent", "working", "done"}, filter.limit = 20'000;
  std::vector<NeedPass> out;
  for (const Record& one : records::list(session, filter)) out.push_back(pass_of(one));
  return out;
}

}  // namespace guanhu::customers
