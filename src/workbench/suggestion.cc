#include "workbench/suggestion.h"

#include <algorithm>

#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Date;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kText = 20'000, kWords = 4000;

std::string state_title(const std::string& state) {
  if (state == "submitted") return "还没有受理";
  if (state == "taken") return "已经受理";
  if (state == "accepted") return "已经采纳";
  if (state == "done") return "已经采纳，也做好了";
  if (state == "refused") return "已经答复不采纳";
  return "已经撤回";
}

Json body_of(const Suggestion& s) {
  return JsonObject{{"suggestion", s.kind},
                    {"business", s.business},
                    {"source", s.source},
                    {"about", s.about},
                    {"cause", s.cause},
                    {"measure", s.measure},
                    {"text", s.text},
                    {"to_org", s.to_org},
                    {"to_person", s.to_person},
                    {"wanted", texts_json(s.rules.wanted)},
                    {"information", s.rules.information},
                    {"open_to_all", s.rules.open_to_all},
                    {"take_by", s.rules.take_by.str()},
                    {"tell_above", s.rules.tell_above.str()},
                    {"answer", s.answer},
                    {"value", s.value},
                    {"marks", decimal_or_null(s.marks)},
                    {"do_by", day_or_null(s.do_by)},
                    {"answered_by", s.answered_by},
                    {"answered_on", day_or_null(s.answered_on)},
                    {"said", said_json(s.said)}};
}

base::Result<Suggestion> kept(store::Session& session, const Suggestion& s, const std::string& action,
                              const std::string& why, const std::vector<std::string>* files,
                              const records::Doing& doing) {
  records::Change change;
  change.record = s.record, change.record.body = body_of(s), change.action = action, change.why = why;
  change.words = s.kind + "\n" + s.business + "\n" + s.source + "\n" + s.about + "\n" + s.cause + "\n" +
                 s.measure + "\n" + s.text + "\n" + s.answer;
  for (const AdviceSaid& one : s.said) change.words += "\n" + one.text;
  if (files) change.files = *files;
  else if (s.record.id)
    for (const auto& file : records::files_of(session, s.record.id)) change.files.push_back(file.digest);
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return suggestion_of(*written);
}

base::Result<Suggestion> opened(store::Session& session, int64_t id, int64_t version,
                                std::initializer_list<const char*> states) {
  auto found = records::record(session, kSuggestion, id);
  if (!found.ok()) return found.error();
  Suggestion s = suggestion_of(*found);
  if (version) s.record.version = version;
  if (std::none_of(states.begin(), states.end(), [&](const char* one) { return found->state == one; }))
    return Error{"suggestion.state", "这条建议" + state_title(found->state) + "，不能这样做", "state",
                 "刷新以后再看"};
  return s;
}

base::Status check_words(const std::string& text) {
  if (text.empty()) return Error{"suggestion.words", "写几句话", "text", ""};
  if (characters(text) > kWords) return Error{"suggestion.words", "最多 4000 字", "text", "材料作为附件"};
  return {};
}

base::Status check(const Suggestion& s) {
  if (s.record.title.empty()) return Error{"suggestion.title", "写一个标题", "title", "一句话说是什么"};
  if (s.text.empty() || characters(s.text) > kText)
    return Error{"suggestion.text", "写内容，最多两万字", "text", "材料作为附件"};
  if (s.to_org.empty()) return Error{"suggestion.to", "写交给哪个单位", "to_org", "选一个单位"};
  static const std::vector<std::pair<std::string, std::string>> kWhere = {
      {"业务", "business"}, {"来源", "source"}, {"客户或行业", "about"}, {"原因", "cause"}, {"措施", "measure"}};
  const auto there = elements_of(s);
  std::string missing, where;
  for (const auto& one : s.rules.wanted) {
    if (std::find(there.begin(), there.end(), one) != there.end()) continue;
    missing += (missing.empty() ? "" : "、") + one;
    for (const auto& [word, member] : kWhere)
      if (word == one && where.empty()) where = member;
  }
  // MKT-652, MKT-602, MKT-308
  if (!missing.empty())
    return Error{"suggestion.element", "“" + s.kind + "”还要写明：" + missing, where.empty() ? "text" : where,
                 "补上再提交"};
  return {};
}

}  // namespace

Json said_json(const std::vector<AdviceSaid>& said) {
  JsonArray out;
  for (const AdviceSaid& one : said)
    out.push_back(JsonObject{
        {"at", one.at}, {"by", one.by}, {"person", one.person}, {"what", one.what}, {"text", one.text}});
  return out;
}

std::vector<AdviceSaid> said_in(const Json& body) {
  std::vector<AdviceSaid> out;
  for (const Json& one : list_in(body, "said"))
    out.push_back({text_in(one, "at"), text_in(one, "by"), text_in(one, "person"), text_in(one, "what"),
                   text_in(one, "text")});
  return out;
}

Suggestion suggestion_of(const records::Record& record) {
  if (record.kind != kSuggestion || !record.day || !record.until)
    throw base::Broken("record " + std::to_string(record.id) + " is no suggestion");
  Suggestion s;
  const Json& body = record.body;
  s.record = record, s.kind = text_in(body, "suggestion"), s.business = text_in(body, "business");
  s.source = text_in(body, "source"), s.about = text_in(body, "about"), s.cause = text_in(body, "cause");
  s.measure = text_in(body, "measure"), s.text = text_in(body, "text");
  s.to_org = text_in(body, "to_org"), s.to_person = text_in(body, "to_person");
  s.rules.wanted = texts_in(body, "wanted"), s.rules.information = flag_in(body, "information");
  s.rules.open_to_all = flag_in(body, "open_to_all"), s.rules.answer_by = *record.until;
  s.rules.take_by = day_in(body, "take_by").value_or(*record.until);
  s.rules.tell_above = day_in(body, "tell_above").value_or(*record.until + 1);
  s.answer = text_in(body, "answer"), s.value = text_in(body, "value"), s.marks = decimal_in(body, "marks");
  s.do_by = day_in(body, "do_by"), s.answered_by = text_in(body, "answered_by");
  s.answered_on = day_in(body, "answered_on"), s.said = said_in(body);
  return s;
}

std::vector<std::string> elements_of(const Suggestion& s) {
  std::vector<std::string> out;
  if (!s.business.empty()) out.emplace_back("业务");
  if (!s.source.empty()) out.emplace_back("来源");
  if (!s.about.empty() || !s.record.customer.empty()) out.emplace_back("客户或行业");
  if (!s.cause.empty()) out.emplace_back("原因");
  if (!s.measure.empty()) out.emplace_back("措施");
  return out;
}

base::Result<Suggestion> submit_suggestion(store::Session& session, Suggestion ask,
                                           const std::vector<std::string>& files, const records::Doing& doing) {
  if (auto fits = check(ask); !fits.ok()) return fits.error();
  ask.record.kind = kSuggestion, ask.record.until = ask.rules.answer_by;
  if (ask.record.id == 0) {
    ask.record.state = "submitted", ask.said.clear();
    return kept(session, ask, "suggestion.submit", "", &files, doing);
  }
  auto before = opened(session, ask.record.id, ask.record.version, {"submitted"});
  if (!before.ok()) return before;
  ask.record.state = before->record.state, ask.record.owner = before->record.owner;
  ask.record.org = before->record.org, ask.record.day = before->record.day, ask.said = before->said;
  return kept(session, ask, "suggestion.change", "", &files, doing);
}

base::Result<Suggestion> suggestion_step(store::Session& session, int64_t id, int64_t version,
                                         const AdviceSaid& said, const records::Doing& doing) {
  auto s = said.what == "take"       ? opened(session, id, version, {"submitted"})
           : said.what == "withdraw" ? opened(session, id, version, {"submitted", "taken"})
           : said.what == "done"
               ? opened(session, id, version, {"accepted"})
               : opened(session, id, version, {"submitted", "taken", "accepted", "refused", "done"});
  if (!s.ok()) return s;
  if (said.what != "take")
    if (auto fits = check_words(said.text); !fits.ok()) return fits.error();
  if (said.what == "take") s->record.state = "taken";
  if (said.what == "withdraw") s->record.state = "withdrawn";
  if (said.what == "done") s->record.state = "done";
  s->said.push_back(said);
  return kept(session, *s, "suggestion." + said.what, said.text, nullptr, doing);
}

base::Result<Suggestion> answer_suggestion(store::Session& session, int64_t id, int64_t version,
                                           const SuggestionAnswer& answer, const records::Doing& doing) {
  auto s = opened(session, id, version, {"submitted", "taken"});
  if (!s.ok()) return s;
  if (auto fits = check_words(answer.said.text); !fits.ok()) return fits.error();
  s->record.state = answer.accepted ? "accepted" : "refused";
  s->answer = answer.said.text, s->answered_by = answer.said.person, s->answered_on = answer.on;
  if (answer.accepted) {
    s->do_by = answer.do_by;
    if (s->rules.information) s->value = answer.value, s->marks = answer.marks;
  }
  s->said.push_back(answer.said);
  return kept(session, *s, answer.accepted ? "suggestion.accept" : "suggestion.refuse", answer.said.text, nullptr,
              doing);
}

base::Result<Suggestion> pass_suggestion(store::Session& session, int64_t id, int64_t version,
                                         const std::string& org, const std::string& person, const AdviceSaid& said,
                                         const records::Doing& doing) {
  auto s = opened(session, id, version, {"submitted", "taken"});
  if (!s.ok()) return s;
  if (auto fits = check_words(said.text); !fits.ok()) return fits.error();
  s->record.state = "submitted", s->to_org = org, s->to_person = person, s->said.push_back(said);
  return kept(session, *s, "suggestion.pass", said.text, nullptr, doing);
}

std::vector<InformationMarks> information_marks(store::Session& session, Date first, Date last) {
  records::Filter filter;
  filter.kinds = {kSuggestion}, filter.states = {"accepted", "done"}, filter.limit = 200'000;
  std::vector<InformationMarks> out;
  for (const auto& record : records::list(session, filter)) {
    const Suggestion s = suggestion_of(record);
    if (!s.rules.information || !s.answered_on || *s.answered_on < first || *s.answered_on > last) continue;
    auto at = std::find_if(out.begin(), out.end(), [&](const auto& one) { return one.staff == record.owner; });
    if (at == out.end()) at = out.insert(out.end(), InformationMarks{record.owner, 0, base::Decimal(0), {}});
    ++at->accepted, at->items.push_back(record.id);
    if (s.marks) at->marks = base::Decimal::add(at->marks, *s.marks).value();
  }
  return out;
}

}  // namespace guanhu::workbench
