// Suggestions: written, read by whom they concern, taken up, answered, passed on; the board of market information.
#include <algorithm>

#include "api/advice_desk.h"
#include "workbench/todo_advice.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::Suggestion;

namespace {

constexpr const char* kRules = "suggestion-rules";

std::string answerer(AdviceDesk& desk, const Suggestion& s) {
  return workbench::answerer_of(s, desk.directory(), desk.finder(), desk.today());
}

// MKT-630: whom it was sent to, and whoever is over that; never who wrote it.
bool may_answer(AdviceDesk& desk, const Suggestion& s, const std::string& who) {
  if (desk.own(s.record.owner) || s.record.made_by == desk.login()) return false;
  return desk.can(Permission::suggestion_answer)
             ? desk.own(who) || desk.reaches(Permission::suggestion_answer, who, s.to_org)
             : desk.own(who);
}

Json suggestion_json(AdviceDesk& desk, const Suggestion& s) {
  const std::string who = answerer(desk, s);
  const bool over = may_answer(desk, s, who), mine = desk.own(s.record.owner);
  const std::string& state = s.record.state;
  JsonArray may;
  if (mine && state == "submitted") may.emplace_back("write");
  if (mine && s.open()) may.emplace_back("withdraw");
  if ((mine || over) && state != "withdrawn") may.emplace_back("add");
  if (over && state == "submitted") may.emplace_back("take");
  if (over && s.open()) may.emplace_back("answer"), may.emplace_back("pass");
  if (over && state == "accepted") may.emplace_back("done");
  JsonObject out = desk.head(s.record);
  auto add = [&](const char* name, Json value) { out.emplace_back(name, std::move(value)); };
  add("suggestion", s.kind), add("business", s.business), add("source", s.source), add("about", s.about);
  add("cause", s.cause), add("measure", s.measure), add("text", s.text);
  add("to_org", s.to_org), add("to_org_name", desk.org_name(s.to_org));
  add("to_person", s.to_person), add("answerer", who), add("answerer_name", who.empty() ? "" : desk.name_of(who));
  add("information", s.rules.information), add("open_to_all", s.rules.open_to_all);
  add("take_by", s.rules.take_by.str()), add("late", s.open() && desk.today() > *s.record.until);
  add("told_above", s.open() && desk.today() >= s.rules.tell_above);
  add("answer", s.answer), add("value", s.value), add("marks", workbench::decimal_or_null(s.marks));
  add("do_by", workbench::day_or_null(s.do_by));
  add("answered_on", workbench::day_or_null(s.answered_on));
  add("answered_name", s.answered_by.empty() ? "" : desk.name_of(s.answered_by));
  add("said", desk.said_json(s.said)), add("may", std::move(may));
  return out;
}

Json whole_json(AdviceDesk& desk, const Suggestion& s) {
  Json out = suggestion_json(desk, s);
  out.as_object()->emplace_back("files", desk.files_json_of(s.record));
  return out;
}

Outcome list_suggestions(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  const std::string view = call.get("view").value_or("mine");
  records::Filter filter;
  filter.kinds = {workbench::kSuggestion}, filter.limit = 20'000;
  if (view == "mine") filter.owners = {desk.person()};
  std::vector<Json> items;
  for (const auto& record : records::list(desk.store(), filter)) {
    if (!desk.sees(record)) continue;
    const Suggestion one = workbench::suggestion_of(record);
    if (view == "to_me" && (!one.open() || !may_answer(desk, one, answerer(desk, one)))) continue;
    if (view == "board" && (!one.rules.open_to_all || record.state == "withdrawn")) continue;
    items.push_back(suggestion_json(desk, one));
  }
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"today", desk.today().str()}};
  return out;
}

Outcome show(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kSuggestion, call.part("id"));
  return record ? Outcome(Answer{whole_json(desk, workbench::suggestion_of(*record))}) : Outcome(not_found());
}

// The kinds are the words that the pack's decision takes.
Outcome choices(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto pack = s.packs().on(kVoicePack, desk.today());
  JsonArray kinds, units;
  if (pack.ok())
    for (const auto& decision : (*pack)->decisions)
      if (const policy::Field* field = decision.id == kRules ? decision.input("类别") : nullptr)
        for (const auto& word : field->type->words) {
          JsonObject input{{"类别", word}, {"提交日期", desk.today().str()}};
          desk.add_calendar(input);
          auto said = desk.ask(kVoicePack, kRules, std::move(input));
          if (!said.ok()) return advice_refusal(said.error());
          kinds.push_back(JsonObject{{"kind", word},
                                     {"wanted", workbench::texts_json(workbench::texts_in(*said, "要素"))},
                                     {"information", workbench::flag_in(*said, "信息")},
                                     {"answer_by", workbench::text_in(*said, "答复期限")}});
        }
  const std::string own_branch = desk.directory().branch_of(desk.org_of(desk.person()));
  for (const auto& org : desk.directory().orgs()) {
    if (org.closed && *org.closed <= desk.today()) continue;
    const std::string head = desk.finder().find("单位负责人", {}, org.id, "");
    units.push_back(JsonObject{{"org", org.id},
                               {"name", org.name},
                               {"kind", org.kind},
                               {"head", head},
                               {"head_name", head.empty() ? "" : desk.name_of(head)},
                               {"own", org.id == own_branch}});
  }
  return Answer{JsonObject{{"today", desk.today().str()},
                           {"kinds", std::move(kinds)},
                           {"units", std::move(units)},
                           {"values", JsonArray{"高", "一般", "低"}}}};
}

base::Result<workbench::SuggestionRules> rules_of(AdviceDesk& desk, const std::string& kind, base::Date day) {
  JsonObject input{{"类别", kind}, {"提交日期", day.str()}};
  desk.add_calendar(input);
  auto said = desk.ask(kVoicePack, kRules, std::move(input));
  if (!said.ok()) {
    base::Error error = said.error();
    if (error.where == "类别") error.where = "suggestion", error.message = "选一类";
    return error;
  }
  workbench::SuggestionRules out;
  out.wanted = workbench::texts_in(*said, "要素");
  out.information = workbench::flag_in(*said, "信息"), out.open_to_all = workbench::flag_in(*said, "公开");
  out.take_by = workbench::day_in(*said, "受理期限").value(),
  out.answer_by = workbench::day_in(*said, "答复期限").value();
  out.tell_above = workbench::day_in(*said, "上报日").value();
  return out;
}

std::optional<Refusal> check_to(AdviceDesk& desk, const std::string& org, const std::string& person) {
  auto wrong = [](const char* where, const std::string& message) {
    return Refusal{422, {"suggestion.to", message, where, "从名单里选"}, {{where, message}}};
  };
  if (!desk.directory().org(org)) return wrong("to_org", "没有这个单位");
  if (person.empty()) return std::nullopt;
  const people::Staff* staff = desk.directory().person(person);
  if (!staff || !people::Directory::in_post(*staff, desk.today())) return wrong("to_person", "没有这位在岗的同事");
  if (desk.own(person)) return wrong("to_person", "不能交给自己");
  return std::nullopt;
}

void tell_answerer(AdviceDesk& desk, const Suggestion& s) {
  const std::string who = answerer(desk, s);
  if (!who.empty())
    desk.Desk::tell(who, "有一条建议请您答复", s.record.title + "，" + s.record.until->str() + " 以前",
                    "/suggestions/" + std::to_string(s.record.id));
}

Outcome keep(AdviceDesk& desk, const Call& call, const records::Record* before) {
  Suggestion ask;
  if (before)
    ask = workbench::suggestion_of(*before), ask.record.version = workbench::whole_in(call.body, "version");
  else
    ask.record.owner = desk.person(), ask.record.org = desk.org_of(desk.person()), ask.record.day = desk.today();
  ask.kind = call.text("suggestion"), ask.record.title = call.text("title"), ask.text = call.text("text");
  ask.business = text_member(call, "business"), ask.source = text_member(call, "source");
  ask.about = text_member(call, "about"), ask.cause = text_member(call, "cause");
  ask.measure = text_member(call, "measure"), ask.record.customer = text_member(call, "customer");
  ask.to_org = call.text("to_org"), ask.to_person = text_member(call, "to_person");
  if (!ask.record.customer.empty() && !desk.reaches_customer(ask.record.customer))
    return advice_refusal({"suggestion.customer", "没有客户 " + ask.record.customer, "customer", "写客户号"});
  if (auto wrong = check_to(desk, ask.to_org, ask.to_person)) return *wrong;
  auto rules = rules_of(desk, ask.kind, *ask.record.day);
  if (!rules.ok()) return advice_refusal(rules.error());
  ask.rules = *rules;
  const auto files = mail_texts(call, "files");
  if (auto fine = desk.may_attach(files); !fine.ok()) return advice_refusal(fine.error());
  auto kept = workbench::submit_suggestion(desk.store(), ask, files, desk.writing());
  if (!kept.ok()) return advice_refusal(kept.error());
  if (!before) tell_answerer(desk, *kept);
  return Answer{whole_json(desk, *kept)};
}

Outcome write(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  return keep(desk, call, nullptr);
}

Outcome rewrite(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kSuggestion, call.part("id"));
  if (!record) return not_found();
  if (!desk.own(record->owner)) return forbidden();
  return keep(desk, call, &*record);
}

// The step `what` by who may do it.
Outcome step(Services& s, const Call& call, const std::string& what, bool by_writer, bool by_answerer) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kSuggestion, call.part("id"));
  if (!record) return not_found();
  const Suggestion before = workbench::suggestion_of(*record);
  const bool mine = desk.own(record->owner), over = may_answer(desk, before, answerer(desk, before));
  if (!(by_writer && mine) && !(by_answerer && over)) return forbidden();
  auto done = workbench::suggestion_step(desk.store(), record->id, workbench::whole_in(call.body, "version"),
                                         desk.said(what, call.text("text")), desk.writing());
  if (!done.ok()) return advice_refusal(done.error());
  const std::string link = "/suggestions/" + std::to_string(record->id);
  if (!mine) desk.Desk::tell(record->owner, "您的建议有进展", record->title, link);
  return Answer{whole_json(desk, *done)};
}

Outcome add_words(Services& s, const Call& call) { return step(s, call, "add", true, true); }
Outcome take(Services& s, const Call& call) { return step(s, call, "take", false, true); }
Outcome withdraw(Services& s, const Call& call) { return step(s, call, "withdraw", true, false); }
Outcome finish(Services& s, const Call& call) { return step(s, call, "done", false, true); }

// The pack says whether an answer is one: with what will be done by when, or a reason; never to oneself.
std::optional<Refusal> check_answer(AdviceDesk& desk, const workbench::SuggestionAnswer& answer, bool own) {
  auto said = desk.ask(kVoicePack, "suggestion-answer",
                       JsonObject{{"结论", answer.accepted ? "采纳" : "不采纳"},
                                  {"写了内容", !answer.said.text.empty()},
                                  {"完成日期", workbench::day_or_null(answer.do_by)},
                                  {"答复日期", answer.on.str()},
                                  {"本人", own}});
  if (!said.ok()) return advice_refusal(said.error());
  const auto reasons = workbench::texts_in(*said, "原因");
  if (reasons.empty()) return std::nullopt;
  const std::string& first = reasons.front();
  const bool about_day = first.find("哪天") != first.npos || first.find("日子") != first.npos;
  return advice_refusal({"suggestion.answer", first, about_day ? "do_by" : "text", "看制度“必须有人答复”"});
}

Outcome answer(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kSuggestion, call.part("id"));
  if (!record) return not_found();
  const Suggestion before = workbench::suggestion_of(*record);
  const bool own = desk.own(record->owner) || record->made_by == desk.login();
  workbench::SuggestionAnswer ask;
  ask.accepted = workbench::flag_in(call.body, "accepted"), ask.on = desk.today();
  ask.do_by = day_member(call, "do_by"), ask.value = text_member(call, "value");
  ask.said = desk.said(ask.accepted ? "accept" : "refuse", call.text("text"));
  if (own || !may_answer(desk, before, answerer(desk, before))) {
    if (!own) return forbidden();
  }
  if (auto wrong = check_answer(desk, ask, own)) return *wrong;
  // QUA-601: accepted information has a value, which the pack puts into marks.
  if (ask.accepted && before.rules.information) {
    auto marks = desk.ask(kVoicePack, "information-value", JsonObject{{"价值", ask.value}});
    if (!marks.ok())
      return advice_refusal({"suggestion.value", "采纳的信息要评价值：高、一般、低", "value", "选一个"});
    if (marks->as_number()) ask.marks = *marks->as_number();
  }
  auto done = workbench::answer_suggestion(desk.store(), record->id, workbench::whole_in(call.body, "version"),
                                           ask, desk.writing());
  if (!done.ok()) return advice_refusal(done.error());
  desk.Desk::tell(record->owner, ask.accepted ? "您的建议被采纳" : "您的建议有答复",
                  record->title + "：" + ask.said.text, "/suggestions/" + std::to_string(record->id));
  return Answer{whole_json(desk, *done)};
}

Outcome pass(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kSuggestion, call.part("id"));
  if (!record) return not_found();
  const Suggestion before = workbench::suggestion_of(*record);
  if (!may_answer(desk, before, answerer(desk, before))) return forbidden();
  const std::string org = call.text("to_org"), person = text_member(call, "to_person");
  if (!desk.directory().org(org)) return advice_refusal({"suggestion.to", "没有这个单位", "to_org", ""});
  if (!person.empty() && (!desk.directory().person(person) || person == record->owner))
    return advice_refusal({"suggestion.to", "不能交给这个人", "to_person", "选别的同事"});
  auto done = workbench::pass_suggestion(desk.store(), record->id, workbench::whole_in(call.body, "version"), org,
                                         person, desk.said("pass", call.text("text")), desk.writing());
  if (!done.ok()) return advice_refusal(done.error());
  tell_answerer(desk, *done);
  return Answer{whole_json(desk, *done)};
}

SchemaRef body_shape(bool version) {
  std::vector<std::pair<std::string, SchemaRef>> members = {
      {"suggestion", text(100)}, {"title", text(800)},  {"text", text(80'000)},   {"business", text(800)},
      {"source", text(800)},     {"about", text(800)},  {"cause", text(4000)},    {"measure", text(4000)},
      {"customer", text(100)},   {"to_org", text(100)}, {"to_person", text(100)}, {"files", list(text(64))}};
  if (version) members.emplace_back("version", integer());
  return optional(object(std::move(members)),
                  {"business", "source", "about", "cause", "measure", "customer", "to_person", "files"});
}

Endpoint post(const std::string& path, const std::string& summary, Permission permission, SchemaRef input,
              std::function<Outcome(Services&, const Call&)> handler) {
  Endpoint out;
  out.method = "POST", out.path = path, out.summary = summary, out.permission = permission;
  out.input = std::move(input), out.output = ref("Suggestion"), out.handler = std::move(handler);
  return out;
}

}  // namespace

bool sees_suggestion(Desk& desk, const records::Record& of) {
  if (desk.reaches(Permission::suggestion_read, of)) return true;
  if (!desk.can(Permission::suggestion_read)) return false;
  // MKT-308: market information is read by the whole bank.
  if (workbench::flag_in(of.body, "open_to_all") && of.state != "withdrawn") return true;
  const std::string to = workbench::text_in(of.body, "to_person"), org = workbench::text_in(of.body, "to_org");
  if (!to.empty() && desk.own(to)) return true;
  if (desk.reaches(Permission::suggestion_answer, "", org)) return true;
  const Suggestion s = workbench::suggestion_of(of);
  const workbench::RoleFinder finder(desk.directory(), desk.today());
  return desk.own(workbench::answerer_of(s, desk.directory(), finder, desk.today()));
}

Table suggestion_endpoints() {
  Table out;
  out.push_back(
      {.method = "GET",
       .path = "/suggestions",
       .summary = "suggestions: one's own, those to answer, the board of market information, all in reach",
       .permission = Permission::suggestion_read,
       .parameters = {{"view", choice({"mine", "to_me", "board", "all"})},
                      {"state", text(20), false, "", "state"},
                      {"suggestion", text(100), false, "", "suggestion"}},
       .output = list_of("SuggestionItem", {{"today", date()}}),
       .handler = list_suggestions,
       .list = true,
       .whole = true,
       .searched = {"title", "text", "about", "source", "owner_name", "customer_name"}});
  out.push_back(
      {.method = "GET",
       .path = "/suggestion-choices",
       .summary = "kinds with what they must say and until when they are answered; units and their heads",
       .permission = Permission::suggestion_write,
       .output = ref("SuggestionChoices"),
       .handler = choices});
  out.push_back({.method = "GET",
                 .path = "/suggestions/{id}",
                 .summary = "one suggestion with all that was said to it",
                 .permission = Permission::suggestion_read,
                 .output = ref("Suggestion"),
                 .handler = show});
  out.push_back(post("/suggestions", "a new suggestion to a unit, or to somebody by name",
                     Permission::suggestion_write, body_shape(false), write));
  out.back().body_limit = 256 * 1024;
  out.push_back(post("/suggestions/{id}", "the whole of it anew, until somebody takes it up",
                     Permission::suggestion_write, body_shape(true), rewrite));
  out.back().method = "PUT", out.back().body_limit = 256 * 1024;
  const Permission writes = Permission::suggestion_write;
  out.push_back(post("/suggestions/{id}/add", "more words to it", writes, step_input(), add_words));
  out.push_back(post("/suggestions/{id}/withdraw", "its writer takes it back", writes, step_input(), withdraw));
  out.push_back(post("/suggestions/{id}/take", "who must answer takes it up", writes, step_input(), take));
  out.push_back(post(
      "/suggestions/{id}/answer", "accepted with what will be done by when, or refused with the reason", writes,
      step_input({{"accepted", boolean()}, {"do_by", nullable(date())}, {"value", text(20)}}, {"do_by", "value"}),
      answer));
  out.push_back(post("/suggestions/{id}/pass", "to another unit or person; its days stay", writes,
                     step_input({{"to_org", text(100)}, {"to_person", text(100)}}, {"to_person"}), pass));
  out.push_back(post("/suggestions/{id}/done", "what was promised is done", writes, step_input(), finish));
  return out;
}

}  // namespace guanhu::api
