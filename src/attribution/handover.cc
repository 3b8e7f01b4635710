#include "attribution/handover.h"

#include <algorithm>
#include <set>

#include "attribution/claim.h"
#include "base/length.h"

namespace guanhu::attribution {

using base::Error;
using base::Json;
using base::JsonObject;
using records::Record;

namespace {

base::Status check_people(const HandoverView& v, const HandoverAsk& ask) {
  const std::pair<const char*, const std::string*> all[] = {
      {"giver", &ask.giver}, {"taker", &ask.taker}, {"witness", &ask.witness}};
  for (const auto& [who, id] : all) {
    const people::Staff* person = v.directory.person(*id);
    // Who leaves may have left by the day; who takes and who witnesses must be there.
    const bool fine = person && (std::string_view(who) == "giver" || people::Directory::in_post(*person, ask.day));
    if (!fine)
      return Error{"handover." + std::string(who), "没有在 " + ask.day.str() + " 在职的员工 " + *id, who,
                   "写在职员工的工号"};
  }
  if (ask.giver == ask.taker) return Error{"handover.taker", "交给的人就是移交人", "taker", "另选接手的人"};
  if (ask.witness == ask.giver || ask.witness == ask.taker)
    return Error{"handover.witness", "监交的人不能是移交的人或接手的人", "witness", "由上级监交"};
  const std::set<std::string> reasons = {"rotation", "leave", "leaving", "promotion", "other"};
  if (!reasons.contains(ask.why))
    return Error{"handover.why", "没有“" + ask.why + "”这一种原因", "why",
                 "rotation、leave、leaving、promotion 或 other"};
  if (base::characters(ask.note) > 2000) return Error{"handover.note", "说明太长", "note", "写在两千字以内"};
  return {};
}

std::vector<HandoverItem> everything(const HandoverView& v, const std::vector<HandoverSource>& sources) {
  std::vector<HandoverItem> out;
  for (const HandoverSource& source : sources)
    for (HandoverItem& one : source.list(v)) out.push_back(std::move(one));
  return out;
}

void insert(store::Session& session, int64_t handover, const HandoverItem& one) {
  session.exec(
      "INSERT INTO handover_items (handover, kind, object, customer, org, title, detail, share, main, given_note, "
      "missing, taken_note, left_out) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, '', '') ON CONFLICT (handover, "
      "kind, "
      "object) DO UPDATE SET title = excluded.title, detail = excluded.detail, share = excluded.share, main = "
      "excluded.main",
      {handover, one.kind, one.object, one.customer, one.org, one.title, one.detail.dump(), int64_t{one.share},
       int64_t{one.main}});
}

Record head(const HandoverView& v, const HandoverAsk& ask) {
  auto name = [&](const std::string& id) {
    const people::Staff* person = v.directory.person(id);
    return person && !person->name.empty() ? person->name : id;
  };
  Record out;
  out.kind = kHandoverKind, out.state = "draft", out.owner = ask.giver, out.org = ask.org, out.day = ask.day;
  out.title = name(ask.giver) + " 移交给 " + name(ask.taker);
  out.body = JsonObject{{"giver", ask.giver}, {"taker", ask.taker}, {"witness", ask.witness},
                        {"why", ask.why},     {"note", ask.note},   {"signatures", JsonObject{}}};
  return out;
}

}  // namespace

base::Result<Record> open_handover(const HandoverView& v, const HandoverAsk& ask,
                                   const std::vector<HandoverSource>& sources, const records::Doing& doing) {
  if (auto fine = check_people(v, ask); !fine) return fine.error();
  const auto items = everything(v, sources);
  if (items.empty())
    return Error{"handover.empty", ask.giver + " 在 " + ask.day.str() + " 没有要移交的", "giver",
                 "看一下移交日和工号"};
  std::optional<base::Result<Record>> out;
  v.session.transaction([&] {
    records::Filter open;
    open.kinds = {kHandoverKind}, open.states = {"draft", "signing"}, open.owners = {ask.giver};
    if (auto others = records::list(v.session, open); !others.empty())
      return void(out = Error{"handover.open", "这个人已经有一件移交没有办完", "giver",
                              "先办完或取消第 " + std::to_string(others[0].id) + " 号"});
    auto made = records::write_in(v.session, {head(v, ask), "handover.open"}, doing);
    if (made)
      for (const auto& one : items) insert(v.session, made->id, one);
    out = std::move(made);
  });
  return std::move(*out);
}

namespace {
base::Result<Record> in_state(store::Session& session, int64_t id, int64_t version,
                              std::initializer_list<const char*> states) {
  auto found = records::record(session, kHandoverKind, id);
  if (!found || found->removed) return Error{"handover.unknown", "没有这一件移交", "", ""};
  if (std::none_of(states.begin(), states.end(), [&](const char* s) { return found->state == s; }))
    return Error{"handover.state",
                 found->state == "done"        ? "这件移交已经生效"
                 : found->state == "cancelled" ? "这件移交已经取消"
                 : found->state == "signing"   ? "这件移交已经在签字"
                                               : "这件移交还没有开始签字",
                 "", "打开它看现在的状态"};
  if (version) found->version = version;
  return found;
}
}  // namespace

base::Result<Record> list_anew(const HandoverView& v, int64_t id, int64_t version,
                               const std::vector<HandoverSource>& sources, const records::Doing& doing) {
  const auto items = everything(v, sources);
  std::optional<base::Result<Record>> out;
  v.session.transaction([&] {
    auto found = in_state(v.session, id, version, {"draft"});
    if (!found) return void(out = found.error());
    std::set<std::pair<std::string, std::string>> now;
    for (const auto& one : items) {
      now.insert({one.kind, one.object});
      insert(v.session, id, one);
    }
    for (const auto& old : items_of(v.session, id))
      if (!now.contains({old.kind, old.object}))
        v.session.exec("DELETE FROM handover_items WHERE item_id = ?", {old.id});
    out = records::write_in(v.session, {*found, "handover.list"}, doing);
  });
  return std::move(*out);
}

base::Result<Record> begin_signing(store::Session& session, int64_t id, int64_t version,
                                   const records::Doing& doing) {
  auto found = in_state(session, id, version, {"draft"});
  if (!found) return found.error();
  found->state = "signing";
  return records::write(session, {*found, "handover.begin"}, doing);
}

base::Result<Record> cancel_handover(store::Session& session, int64_t id, int64_t version, const std::string& why,
                                     const records::Doing& doing) {
  if (!is_sentence(why)) return Error{"handover.note", "没有写取消的理由，或太长", "reason", "用一句话写明"};
  auto found = in_state(session, id, version, {"draft", "signing"});
  if (!found) return found.error();
  found->state = "cancelled";
  return records::write(session, {*found, "handover.cancel", why}, doing);
}

}  // namespace guanhu::attribution
