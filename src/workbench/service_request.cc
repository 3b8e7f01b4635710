#include "workbench/service_request.h"

#include "policy/decide.h"
#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Date;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using records::Record;

namespace {

// The words of the pack for a state.
const char* state_word(const std::string& state) {
  if (state == "asked") return "等答复";
  if (state == "answered") return "已答复";
  return state == "rated" ? "已评价" : "已撤回";
}

bool blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

base::Result<ServiceRequest> kept(store::Session& session, ServiceRequest of, int64_t version, const char* action,
                                  const std::string& why, const records::Doing& doing) {
  records::Change change;
  change.record = of.record;
  change.record.version = version;
  change.record.body = JsonObject{{"to", of.to},
                                  {"text", of.text},
                                  {"answer", of.answer},
                                  {"answered_by", of.answered_by},
                                  {"answered_on", day_or_null(of.answered_on)},
                                  {"score", of.score},
                                  {"reason", of.reason}};
  change.action = action, change.why = why;
  change.words = of.text + "\n" + of.answer + "\n" + of.reason;
  auto out = records::write(session, change, doing);
  if (!out.ok()) return out.error();
  return service_of(*out);
}

}  // namespace

ServiceRequest service_of(const Record& of) {
  ServiceRequest out;
  out.record = of;
  out.to = text_in(of.body, "to"), out.text = text_in(of.body, "text");
  out.answer = text_in(of.body, "answer"), out.answered_by = text_in(of.body, "answered_by");
  out.answered_on = day_in(of.body, "answered_on"), out.score = whole_in(of.body, "score");
  out.reason = text_in(of.body, "reason");
  return out;
}

base::Status ServiceRules::gate(const char* decision, JsonObject input, const char* code) const {
  auto answer = policy::decide(pack_, decision, Json(std::move(input)), on_);
  if (!answer.ok()) return Error{code, answer.error().message, answer.error().where, answer.error().hint};
  const Json whole = policy::to_json(*answer);
  const Json* result = whole.find("result");
  if (!result || text_in(*result, "结论") == "通过") return {};
  std::string why;
  for (const auto& one : texts_in(*result, "原因")) why += (why.empty() ? "" : "，") + one;
  return Error{code, why, "", ""};
}

base::Result<Date> ServiceRules::due(Date asked) const {
  JsonArray off, worked;
  for (const auto& [day, what] : calendar_.exceptions())
    if (day > asked && day < asked + 60) (what.off ? off : worked).emplace_back(day.str());
  auto answer = policy::decide(
      pack_, "request-due",
      Json(JsonObject{
          {"提出日期", asked.str()}, {"法定节假日", std::move(off)}, {"调休工作日", std::move(worked)}}),
      on_);
  if (!answer.ok()) return answer.error();
  const Json whole = policy::to_json(*answer);
  const auto day = day_in(whole, "result");
  if (!day) return Error{"service.rules", "制度没有说哪天以前要答", kPostsPack, "看 request-due"};
  return *day;
}

base::Status ServiceRules::may_answer(const ServiceRequest& of, bool own, bool asked,
                                      const std::string& text) const {
  return gate("request-answer",
              {{"答的人是请的人", own},
               {"答的人在被请的一方", asked},
               {"状态", state_word(of.record.state)},
               {"答复", blank(text) ? "" : text}},
              "service.answer");
}

base::Status ServiceRules::may_rate(const ServiceRequest& of, bool own, int64_t score,
                                    const std::string& reason) const {
  return gate("request-rating",
              {{"评的人是请的人", own},
               {"状态", state_word(of.record.state)},
               {"评分", score},
               {"理由", blank(reason) ? "" : reason}},
              "service.rate");
}

base::Result<ServiceRequest> ask_service(store::Session& session, const ServiceAsk& ask, Date due,
                                         const records::Doing& doing) {
  if (blank(ask.title)) return Error{"service.title", "没有写什么事", "title", "写一行"};
  if (blank(ask.text)) return Error{"service.text", "没有写要对方做什么", "text", "写清楚要什么、什么时候要"};
  ServiceRequest of;
  Record& r = of.record;
  r.kind = kServiceKind, r.state = "asked", r.owner = ask.owner, r.org = ask.org, r.customer = ask.customer;
  r.day = ask.day, r.until = due, r.title = ask.title;
  of.to = ask.to, of.text = ask.text;
  return kept(session, std::move(of), 0, "service_request.ask", "", doing);
}

base::Result<ServiceRequest> answer_service(store::Session& session, const ServiceRequest& of, int64_t version,
                                            const std::string& by, const std::string& text, base::Date on,
                                            const records::Doing& doing) {
  ServiceRequest next = of;
  next.record.state = "answered", next.answer = text, next.answered_by = by, next.answered_on = on;
  return kept(session, std::move(next), version, "service_request.answer", "", doing);
}

base::Result<ServiceRequest> rate_service(store::Session& session, const ServiceRequest& of, int64_t version,
                                          int64_t score, const std::string& reason, const records::Doing& doing) {
  ServiceRequest next = of;
  next.record.state = "rated", next.score = score, next.reason = reason;
  return kept(session, std::move(next), version, "service_request.rate", reason, doing);
}

base::Result<ServiceRequest> withdraw_service(store::Session& session, const ServiceRequest& of, int64_t version,
                                              const std::string& reason, const records::Doing& doing) {
  if (of.record.state != "asked")
    return Error{"service.state", std::string("这个请求") + state_word(of.record.state) + "，不能撤回", "",
                 "答复以后可以评价"};
  ServiceRequest next = of;
  next.record.state = "withdrawn", next.reason = reason;
  return kept(session, std::move(next), version, "service_request.withdraw", reason, doing);
}

}  // namespace guanhu::workbench
