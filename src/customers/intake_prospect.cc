#include "customers/intake_prospect.h"

#include <algorithm>

#include "base/identity.h"
#include "base/json_member.h"
#include "customers/intake_text.h"

namespace guanhu::customers {

using base::Json;
using base::JsonObject;
using records::Record;
using store::Value;

namespace {

constexpr ProspectMember kMembers[] = {{"id_no", "证件号码", "身份证或统一社会信用代码；开户后按它认出", 30, true},
                                       {"phone", "电话", "", 30, true},
                                       {"address", "地址", "", 300, false},
                                       {"business", "经营情况", "做什么、规模、需要什么", 1000, false},
                                       {"source", "来源", "怎么认识的：老客户介绍、走访、活动", 100, false},
                                       {"note", "备注", "", 2000, false}};

// "" is right; the number itself is never part of what is said.
std::string wrong_number(std::string_view name, const std::string& text, bool company) {
  if (name == "phone") return is_phone(text) ? "" : "不是电话号码";
  if (name != "id_no") return "";
  if (company) return base::valid_credit_code(text) ? "" : "不是正确的统一社会信用代码(18 位，校验位不符也算错)";
  return base::valid_resident_id(text) ? "" : "不是正确的身份证号(18 位，校验位不符也算错)";
}

void index_prospect(store::Session& session, const Record& of) {
  session.exec("DELETE FROM customer_prospects WHERE record = ?", {Value(of.id)});
  if (of.state != "open") return;
  session.exec("INSERT INTO customer_prospects (record, id_no, phone) VALUES (?, ?, ?)",
               {Value(of.id), Value(text_in(of.body, "id_no")), Value(text_in(of.body, "phone"))});
}

std::string words_of(const Json& body, const std::vector<Field>& all) {
  std::string out;
  for (const ProspectMember& one : kMembers)
    if (!one.sealed) out += text_in(body, one.name) + "\n";
  return out + card_words(JsonObject{{"custom", body.find("custom") ? *body.find("custom") : Json()}}, all) + " ";
}

}  // namespace

bool is_phone(const std::string& text) {
  const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  const bool plain = text.find_first_not_of("0123456789+-() ") == text.npos;
  return plain && digits >= 7 && digits <= 15;
}

std::span<const ProspectMember> prospect_members() { return kMembers; }

CheckedCard check_prospect(const Json& body, const Json& before, const std::vector<Field>& all,
                           const store::PersonalKey& key) {
  JsonObject made;
  CheckedCard out;
  std::string kind = trimmed(text_in(body, "kind"));
  if (kind.empty()) kind = text_in(before, "kind");
  if (kind != "person" && kind != "company") out.problems.push_back({"kind", "写“个人”或“企业”"});
  made.emplace_back("kind", kind);
  for (const ProspectMember& one : kMembers) {
    const Json* given = body.find(one.name);
    std::string text = trimmed(text_in(body, one.name));
    if (one.sealed && !given) text = text_in(before, one.name);
    if (text.empty()) continue;
    if (store::PersonalKey::is_sealed(text)) {
      if (text == text_in(before, one.name)) made.emplace_back(one.name, text);
      continue;
    }
    if (one.name == "id_no" && text.ends_with('x')) text.back() = 'X';
    if (characters_in(text) > one.longest)
      out.problems.push_back({std::string(one.name), "超过 " + std::to_string(one.longest) + " 个字"});
    else if (auto wrong = wrong_number(one.name, text, kind == "company"); !wrong.empty())
      out.problems.push_back({std::string(one.name), wrong});
    else made.emplace_back(one.name, one.sealed ? key.seal(text) : text);
  }
  const JsonObject custom_given = {{"custom", body.find("custom") ? *body.find("custom") : Json()}};
  const JsonObject custom_before = {{"custom", before.find("custom") ? *before.find("custom") : Json()}};
  CheckedCard custom = check_card(custom_given, custom_before, all, kind, [](const Field&) { return true; });
  // What is required of a customer may still be unknown of somebody who is none yet.
  for (auto& problem : custom.problems)
    if (!problem.message.ends_with("必须填写")) out.problems.push_back(std::move(problem));
  if (const Json* values = custom.body.find("custom")) made.emplace_back("custom", *values);
  if (auto why = text_in(body, "lost_why"); !why.empty()) made.emplace_back("lost_why", why);
  out.body = std::move(made);
  return out;
}

base::Result<Record> write_prospect_in(store::Session& session, const ProspectWrite& write,
                                       const std::vector<Field>& all, const records::Doing& doing) {
  records::Change change;
  if (write.id != 0) {
    auto there = records::record(session, kProspectKind, write.id);
    if (!there.ok()) return there;
    change.record = *there;
    for (const auto& file : records::files_of(session, write.id)) change.files.push_back(file.digest);
  }
  change.record.kind = kProspectKind, change.record.version = write.version, change.record.title = write.name;
  change.record.state = write.state, change.record.customer = write.customer;
  change.record.owner = write.owner, change.record.org = write.org, change.record.body = write.body;
  change.action = write.action, change.why = write.why, change.words = words_of(write.body, all);
  auto written = records::write_in(session, change, doing);
  if (written.ok()) index_prospect(session, *written);
  return written;
}

base::Result<Record> write_prospect(store::Session& session, const ProspectWrite& write,
                                    const std::vector<Field>& all, const records::Doing& doing) {
  std::optional<base::Result<Record>> out;
  session.transaction([&] { out = write_prospect_in(session, write, all, doing); });
  return std::move(*out);
}

int64_t prospect_with(store::Session& session, const store::PersonalKey& key, std::string_view id_no,
                      std::string_view phone) {
  const bool by_number = !id_no.empty();
  if (!by_number && phone.empty()) return 0;
  for (const auto& form : key.stored_forms(by_number ? id_no : phone))
    for (const auto& row : session.query(by_number ? "SELECT record FROM customer_prospects WHERE id_no = ?"
                                                   : "SELECT record FROM customer_prospects WHERE phone = ?",
                                         {Value(form)}))
      return row.integer(0);
  return 0;
}

std::vector<std::pair<int64_t, std::string>> open_numbers(store::Session& session) {
  std::vector<std::pair<int64_t, std::string>> out;
  for (const auto& row :
       session.query("SELECT record, id_no FROM customer_prospects WHERE id_no <> '' ORDER BY record"))
    out.emplace_back(row.integer(0), row.text(1));
  return out;
}

}  // namespace guanhu::customers
