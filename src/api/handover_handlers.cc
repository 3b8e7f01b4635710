// Hand-overs: opened, listed, signed item by item by both, witnessed, printed.
#include "api/assignment_desk.h"
#include "api/report.h"
#include "api/reports.h"
#include "attribution/claim.h"

namespace guanhu::api {

using attribution::body_text;
using attribution::HandoverItem;
using attribution::HandoverSource;
using attribution::HandoverView;
using attribution::Side;
using attribution::Signer;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using records::Record;

namespace {

struct At {
  AssignmentDesk desk;
  std::optional<Record> record;
  At(Services& s, const Call& call) : desk(s, call) {}
  std::string text(const char* member) const { return body_text(*record, member); }
  bool has(const char* signer) const {
    const Json* all = record->body.find("signatures");
    return all && all->find(signer);
  }
  HandoverView view(const std::string& giver, base::Date day) {
    return {desk.store(), desk.db(), desk.directory(), giver, day, desk.business()};
  }
  HandoverView view() { return view(text("giver"), *record->day); }
  // Whose signature the asker may give: one's own, or of whom one stands in for today.
  bool signs(Signer signer) {
    const std::string who = text(attribution::signer_word(signer));
    if (!desk.own(who)) return false;
    // Who stands in for both signs for neither of them twice.
    return signer != Signer::witness ||
           (desk.can(Permission::handover_witness) && !desk.own(text("giver")) && !desk.own(text("taker")));
  }
  bool makes() { return desk.reaches(Permission::handover_make, text("giver"), record->org); }
};

bool find(At& at, const Call& call) {
  auto found = records::record(at.desk.store(), attribution::kHandoverKind, part_number(call));
  if (!found || found->removed || !at.desk.sees(*found)) return false;
  at.record = *found;
  return true;
}

JsonObject head_json(At& at) {
  JsonObject out = at.desk.head(*at.record);
  for (const char* who : {"giver", "taker", "witness"}) out.emplace_back(who, at.desk.person_json(at.text(who)));
  out.emplace_back("why", at.text("why"));
  out.emplace_back("note", at.text("note"));
  const Json* signatures = at.record->body.find("signatures");
  JsonArray signed_by;
  for (const char* who : {"giver", "taker", "witness"})
    if (const Json* one = signatures ? signatures->find(who) : nullptr)
      signed_by.push_back(JsonObject{{"as", who},
                                     {"name", at.desk.name_of(*one->find("person")->as_string())},
                                     {"at", *one->find("at")},
                                     {"note", *one->find("note")}});
  out.emplace_back("signatures", std::move(signed_by));
  return out;
}

struct Counts {
  int64_t items = 0, given = 0, taken = 0, missing = 0, left_out = 0;
};
Counts counts_of(const std::vector<HandoverItem>& items) {
  Counts out;
  for (const auto& one : items) {
    if (!one.left_out.empty()) {
      ++out.left_out;
      continue;
    }
    ++out.items, out.given += !one.given_at.empty(), out.taken += !one.taken_at.empty(),
        out.missing += one.missing;
  }
  return out;
}
void add_counts(JsonObject& out, const std::vector<HandoverItem>& items) {
  const Counts c = counts_of(items);
  out.emplace_back("counts", JsonObject{{"items", c.items},
                                        {"given", c.given},
                                        {"taken", c.taken},
                                        {"missing", c.missing},
                                        {"left_out", c.left_out}});
}

Json item_json(AssignmentDesk& desk, const HandoverItem& of) {
  return JsonObject{{"id", of.id},
                    {"kind", of.kind},
                    {"object", of.object},
                    {"customer", of.customer},
                    {"customer_name", of.customer.empty() ? "" : desk.customer_name(of.customer)},
                    {"title", of.title},
                    {"detail", of.detail},
                    {"share", of.share},
                    {"main", of.main},
                    {"given_at", of.given_at},
                    {"given_note", of.given_note},
                    {"missing", of.missing},
                    {"taken_at", of.taken_at},
                    {"taken_note", of.taken_note},
                    {"left_out", of.left_out}};
}

Outcome answer_of(At& at) {
  const auto items = attribution::items_of(at.desk.store(), at.record->id);
  JsonObject out = head_json(at);
  add_counts(out, items);
  JsonArray all, liability;
  for (const auto& one : items) all.push_back(item_json(at.desk, one));
  for (const auto& l : attribution::liability_of_handover(at.desk.store(), at.record->id))
    liability.push_back(JsonObject{{"loan", l.loan},
                                   {"staff", l.staff},
                                   {"name", at.desk.name_of(l.staff)},
                                   {"share", l.share},
                                   {"why", l.why}});
  JsonArray kinds;
  for (const auto& source : handover_sources(at.desk))
    kinds.push_back(JsonObject{{"kind", source.kind}, {"title", source.title}});
  const bool open = at.record->state == "draft" || at.record->state == "signing";
  const bool signing = at.record->state == "signing";
  out.emplace_back("kinds", std::move(kinds));
  out.emplace_back("items", std::move(all));
  out.emplace_back("liability", std::move(liability));
  out.emplace_back("may_change", at.record->state == "draft" && at.makes());
  out.emplace_back("may_cancel", open && (at.makes() || at.signs(Signer::witness)));
  out.emplace_back("may_give", signing && !at.has("giver") && at.signs(Signer::giver));
  out.emplace_back("may_take", signing && !at.has("taker") && at.signs(Signer::taker));
  out.emplace_back("may_witness", signing && at.has("giver") && at.has("taker") && at.signs(Signer::witness));
  return Answer{Json(std::move(out))};
}

Outcome list_handovers(Services& s, const Call& call) {
  At at(s, call);
  records::Filter filter;
  filter.kinds = {attribution::kHandoverKind};
  if (auto state = call.get("state")) filter.states = {*state};
  std::vector<Json> items;
  for (Record& one : records::list(at.desk.store(), filter)) {
    if (!at.desk.sees(one)) continue;
    at.record = one;
    JsonObject json = head_json(at);
    add_counts(json, attribution::items_of(at.desk.store(), one.id));
    items.emplace_back(std::move(json));
  }
  return Answer{.items = Items::of(std::move(items))};
}

Outcome open_case(Services& s, const Call& call) {
  At at(s, call);
  attribution::HandoverAsk ask;
  ask.giver = text_member(call, "giver").empty() ? at.desk.person() : text_member(call, "giver");
  ask.taker = call.text("taker"), ask.witness = call.text("witness"), ask.why = call.text("why");
  ask.day = day_member(call, "day").value(), ask.note = text_member(call, "note");
  ask.org = at.desk.org_of(ask.giver);
  if (!at.desk.reaches(Permission::handover_make, ask.giver, ask.org)) return not_found();
  auto made =
      attribution::open_handover(at.view(ask.giver, ask.day), ask, handover_sources(at.desk), at.desk.writing());
  if (!made) return assignment_refusal(made.error());
  at.record = *made;
  for (const auto& who : {ask.giver, ask.taker, ask.witness})
    if (!at.desk.own(who))
      at.desk.tell(who, "有一件移交", made->title, "/assign/handovers/" + std::to_string(made->id));
  return answer_of(at);
}

Outcome show(Services& s, const Call& call) {
  At at(s, call);
  if (!find(at, call)) return not_found();
  return answer_of(at);
}

int64_t version_of(const Call& call) { return call.body.find("version")->as_number()->to_int64().value_or(0); }

Outcome after(At& at, const base::Result<Record>& done) {
  if (!done) return assignment_refusal(done.error());
  at.record = *done;
  return answer_of(at);
}

Outcome relist(Services& s, const Call& call) {
  At at(s, call);
  if (!find(at, call) || !at.makes()) return not_found();
  return after(at, attribution::list_anew(at.view(), at.record->id, version_of(call), handover_sources(at.desk),
                                          at.desk.writing()));
}

Outcome begin(Services& s, const Call& call) {
  At at(s, call);
  if (!find(at, call) || !at.makes()) return not_found();
  auto done = attribution::begin_signing(at.desk.store(), at.record->id, version_of(call), at.desk.writing());
  if (done)
    for (const char* who : {"giver", "taker"})
      at.desk.tell(at.text(who), "移交清单可以签了", at.record->title,
                   "/assign/handovers/" + std::to_string(at.record->id));
  return after(at, done);
}

Outcome cancel(Services& s, const Call& call) {
  At at(s, call);
  if (!find(at, call) || !(at.makes() || at.signs(Signer::witness))) return not_found();
  return after(at, attribution::cancel_handover(at.desk.store(), at.record->id, version_of(call),
                                                call.text("reason"), at.desk.writing()));
}

bool flag(const Call& call, const char* member) {
  const Json* value = call.body.find(member);
  return value && value->as_bool() && *value->as_bool();
}

Outcome sign_items(Services& s, const Call& call) {
  At at(s, call);
  if (!find(at, call)) return not_found();
  const bool gives = call.text("side") == "giver";
  if (!at.signs(gives ? Signer::giver : Signer::taker)) return forbidden();
  attribution::ItemSign sign;
  for (const Json& one : *call.body.find("items")->as_array())
    sign.items.push_back(one.as_number()->to_int64().value_or(0));
  sign.note = text_member(call, "note"), sign.missing = flag(call, "missing"), sign.undo = flag(call, "undo");
  auto done = attribution::sign_items(at.desk.store(), at.record->id, gives ? Side::giver : Side::taker, sign,
                                      at.desk.recording());
  if (!done) return assignment_refusal(done.error());
  return answer_of(at);
}

Outcome leave(Services& s, const Call& call) {
  At at(s, call);
  if (!find(at, call)) return not_found();
  if (!at.makes() && !at.signs(Signer::giver) && !at.signs(Signer::taker)) return forbidden();
  auto done = attribution::leave_out(at.desk.store(), at.record->id,
                                     call.body.find("item")->as_number()->to_int64().value_or(0), call.text("why"),
                                     at.desk.recording());
  if (!done) return assignment_refusal(done.error());
  return answer_of(at);
}

Outcome sign(Services& s, const Call& call) {
  At at(s, call);
  if (!find(at, call)) return not_found();
  const std::string as = call.text("as");
  const Signer signer = as == "giver" ? Signer::giver : as == "taker" ? Signer::taker : Signer::witness;
  if (!at.signs(signer)) return forbidden();
  auto pack = at.desk.rules();
  if (!pack) return assignment_refusal(pack.error());
  auto done = attribution::sign_handover(at.view(), **pack, at.record->id, version_of(call), signer,
                                         text_member(call, "note"), at.desk.writing(), at.desk.recording());
  if (!done) return assignment_refusal(done.error());
  if (signer == Signer::witness) {
    at.desk.recorded();
    const std::string taker = at.text("taker");
    for (const auto& source : handover_sources(at.desk)) {
      std::vector<HandoverItem> theirs;
      for (const auto& one : done->handed)
        if (one.kind == source.kind) theirs.push_back(one);
      if (source.hand && !theirs.empty()) source.hand(at.view(), taker, theirs);
    }
    for (const char* who : {"giver", "taker"})
      at.desk.tell(at.text(who), "移交生效了", at.record->title,
                   "/assign/handovers/" + std::to_string(at.record->id));
  }
  at.record = done->record;
  return answer_of(at);
}

const char* reason_word(const std::string& why) {
  return why == "rotation"    ? "轮岗"
         : why == "leave"     ? "休假离岗"
         : why == "leaving"   ? "离职"
         : why == "promotion" ? "升职调任"
                              : "其他";
}

ReportTable protocol_table(const HandoverSource& source, const std::vector<HandoverItem>& items) {
  ReportTable table;
  table.title = source.title;
  table.columns = {{"编号", 14}, {"名称", 18}, {"内容", 26}, {"移交人", 12}, {"接手人", 12}, {"备注", 22}};
  auto text = [](const HandoverItem& one, const char* member) -> std::string {
    const Json* value = one.detail.find(member);
    if (!value) return "";
    return value->as_string() ? *value->as_string() : value->as_number() ? value->dump() : "";
  };
  for (const auto& one : items) {
    if (one.kind != source.kind) continue;
    std::string what;
    auto add = [&](const char* word, const std::string& value) {
      if (!value.empty()) what += (what.empty() ? "" : "，") + std::string(word) + " " + value;
    };
    add("存款", text(one, "deposits")), add("余额", text(one, "balance")), add("到期", text(one, "due_on"));
    add("逾期天数", text(one, "overdue_days") == "0" ? "" : text(one, "overdue_days"));
    add("限期", text(one, "due")), add("日期", text(one, "day"));
    if (one.kind == "customer" || one.kind == "archive")
      add(one.kind == "customer" ? "贷款" : "贷款笔数", text(one, "loans"));
    std::string note = one.missing ? "缺：" + one.given_note : one.given_note;
    if (!one.taken_note.empty()) note += (note.empty() ? "" : "；接手：") + one.taken_note;
    if (!one.left_out.empty()) note = "不移交：" + one.left_out;
    auto day = [](const std::string& at) { return at.substr(0, 10); };
    table.rows.push_back({one.object, one.title, what, day(one.given_at), day(one.taken_at), note});
  }
  return table;
}

Outcome print(Services& s, const Call& call) {
  At at(s, call);
  if (!find(at, call)) return not_found();
  const auto items = attribution::items_of(at.desk.store(), at.record->id);
  const Counts counts = counts_of(items);
  Report report;
  report.bank = at.desk.facts().bank_name, report.title = "客户经理移交清单";
  auto who = [&](const char* member) {
    return at.desk.name_of(at.text(member)) + "（" + at.desk.org_name(at.desk.org_of(at.text(member))) + "）";
  };
  report.head = {{"移交人", who("giver")},
                 {"接手人", who("taker")},
                 {"监交人", who("witness")},
                 {"移交日", at.record->day->str()},
                 {"原因", reason_word(at.text("why"))},
                 {"清单", std::to_string(counts.items) + " 项，缺 " + std::to_string(counts.missing) +
                              " 项，不移交 " + std::to_string(counts.left_out) + " 项"}};
  for (const auto& source : handover_sources(at.desk))
    if (auto table = protocol_table(source, items); !table.rows.empty()) report.tables.push_back(std::move(table));
  if (!at.text("note").empty()) report.notes.push_back(at.text("note"));
  const Json* signatures = at.record->body.find("signatures");
  for (const auto& [as, title] : {std::pair{"giver", "移交人"}, {"taker", "接手人"}, {"witness", "监交人"}}) {
    report.signers.push_back(title);
    if (const Json* one = signatures ? signatures->find(as) : nullptr)
      report.notes.push_back(
          std::string(title) + " " + at.desk.name_of(*one->find("person")->as_string()) + " " +
          *one->find("at")->as_string() + " 已在系统里签字" +
          (one->find("note")->as_string()->empty() ? "" : "：" + *one->find("note")->as_string()));
  }
  if (at.record->state != "done") report.notes.push_back("这件移交还没有生效。");
  report.source =
      "移交 " + std::to_string(at.record->id) + "  打印 " + printed_moment(at.desk.now()) + "  " + at.desk.login();
  report.one_page = false, report.landscape = true;
  at.desk.store().transaction(
      [&] { at.desk.audit("handover.print", "handover " + std::to_string(at.record->id), JsonObject{}); });
  http::Response response;
  response.headers = {
      {"content-type", "text/html; charset=utf-8"},
      {"content-disposition", "inline; filename=\"handover-" + std::to_string(at.record->id) + ".html\""},
      {"cache-control", "no-store"}};
  response.body = report_html({report});
  return Answer{.raw = std::move(response)};
}

}  // namespace

namespace {

Table case_endpoints() {
  const auto stepped = object({{"version", integer()}});
  return {{.method = "GET",
           .path = "/handovers",
           .summary = "hand-overs in reach",
           .permission = Permission::assignment_read,
           .parameters = {{"state", choice({"draft", "signing", "done", "cancelled"})}},
           .output = list_of("Handover"),
           .handler = list_handovers,
           .list = true,
           .searched = {"title"}},
          {.method = "POST",
           .path = "/handovers",
           .summary = "opens a hand-over with everything the giver has",
           .permission = Permission::handover_make,
           .input = optional(object({{"giver", text()},
                                     {"taker", text()},
                                     {"witness", text()},
                                     {"why", choice({"rotation", "leave", "leaving", "promotion", "other"})},
                                     {"day", date()},
                                     {"note", text(2000)}}),
                             {"giver", "note"}),
           .output = ref("HandoverOne"),
           .handler = open_case},
          {.method = "GET",
           .path = "/handovers/{id}",
           .summary = "one with its items",
           .permission = Permission::assignment_read,
           .output = ref("HandoverOne"),
           .handler = show},
          {.method = "POST",
           .path = "/handovers/{id}/list",
           .summary = "lists everything anew",
           .permission = Permission::handover_make,
           .input = stepped,
           .output = ref("HandoverOne"),
           .handler = relist},
          {.method = "POST",
           .path = "/handovers/{id}/begin",
           .summary = "the list is closed, both begin to sign",
           .permission = Permission::handover_make,
           .input = stepped,
           .output = ref("HandoverOne"),
           .handler = begin}};
}

}  // namespace

Table handover_endpoints() {
  Table out = case_endpoints();
  const Table signing = {
      {.method = "POST",
       .path = "/handovers/{id}/items",
       .summary = "signs items as who gives or takes",
       .permission = Permission::handover_sign,
       .input = optional(object({{"side", choice({"giver", "taker"})},
                                 {"items", list(integer())},
                                 {"note", text(2000)},
                                 {"missing", boolean()},
                                 {"undo", boolean()}}),
                         {"note", "missing", "undo"}),
       .output = ref("HandoverOne"),
       .handler = sign_items},
      {.method = "POST",
       .path = "/handovers/{id}/leave-out",
       .summary = "an item stays with the giver, or goes after all",
       .permission = Permission::handover_sign,
       .input = object({{"item", integer()}, {"why", text(2000)}}),
       .output = ref("HandoverOne"),
       .handler = leave},
      {.method = "POST",
       .path = "/handovers/{id}/sign",
       .summary = "signs the whole; the witness makes it hold",
       .permission = Permission::handover_sign,
       .input = optional(
           object({{"version", integer()}, {"as", choice({"giver", "taker", "witness"})}, {"note", text(2000)}}),
           {"note"}),
       .output = ref("HandoverOne"),
       .handler = sign},
      {.method = "POST",
       .path = "/handovers/{id}/cancel",
       .summary = "nothing of it holds",
       .permission = Permission::assignment_read,
       .input = object({{"version", integer()}, {"reason", text(2000)}}),
       .output = ref("HandoverOne"),
       .handler = cancel},
      {.method = "GET",
       .path = "/handovers/{id}/protocol",
       .summary = "the protocol as it is printed",
       .permission = Permission::assignment_read,
       .handler = print,
       .produces = "text/html"}};
  out.insert(out.end(), signing.begin(), signing.end());
  return out;
}

}  // namespace guanhu::api
