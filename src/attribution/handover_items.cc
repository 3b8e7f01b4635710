// The items of a hand-over and what both sides sign of them.
#include <algorithm>

#include "attribution/claim.h"
#include "attribution/handover.h"
#include "base/length.h"

namespace guanhu::attribution {

using base::Error;
using base::Json;
using base::JsonObject;

std::vector<HandoverItem> items_of(store::Session& session, int64_t handover) {
  std::vector<HandoverItem> out;
  for (const auto& r : session.query("SELECT item_id, kind, object, customer, org, title, detail, share, main, "
                                     "given_at, given_by, given_note, "
                                     "missing, taken_at, taken_by, taken_note, left_out FROM handover_items WHERE "
                                     "handover = ? ORDER BY kind, "
                                     "customer, object",
                                     {handover})) {
    HandoverItem one;
    auto text = [&](size_t column) { return r.maybe_text(column).value_or(""); };
    one.id = r.integer(0), one.kind = text(1), one.object = text(2), one.customer = text(3), one.org = text(4);
    one.title = text(5);
    auto detail = Json::parse(text(6));
    one.detail = detail ? *detail : Json(JsonObject{});
    one.share = static_cast<int32_t>(r.integer(7)), one.main = r.integer(8) != 0;
    one.given_at = text(9), one.given_by = text(10), one.given_note = text(11), one.missing = r.integer(12) != 0;
    one.taken_at = text(13), one.taken_by = text(14), one.taken_note = text(15), one.left_out = text(16);
    out.push_back(std::move(one));
  }
  return out;
}

namespace {

// Of a hand-over that is being signed, and that this side has not signed as a whole.
base::Status open_for(store::Session& session, int64_t id, Side side) {
  auto found = records::record(session, kHandoverKind, id);
  if (!found || found->removed) return Error{"handover.unknown", "没有这一件移交", "", ""};
  if (found->state != "signing")
    return Error{"handover.state", found->state == "draft" ? "这件移交还没有开始签字" : "这件移交已经结束", "",
                 "打开它看现在的状态"};
  const Json* signatures = found->body.find("signatures");
  if (signatures && signatures->find(side == Side::giver ? "giver" : "taker"))
    return Error{"handover.signed", "这一方已经签了整份清单，不能再改", "", "要改就取消这件移交，重新做"};
  return {};
}

base::Status fits(const HandoverItem& one, Side side, const ItemSign& sign) {
  if (!one.left_out.empty()) return Error{"handover.item", one.title + " 不在移交之列", "items", "先把它放回清单"};
  if (side == Side::taker && one.given_at.empty() && !sign.undo)
    return Error{"handover.order", one.title + " 移交人还没有签", "items", "移交人签了再签"};
  if (side == Side::giver && !one.taken_at.empty())
    return Error{"handover.order", one.title + " 接手的人已经签了", "items", "请接手的人先撤回他的签字"};
  return {};
}

void write(store::Session& session, const HandoverItem& one, Side side, const ItemSign& sign,
           const RegisterDoing& doing) {
  const store::Value at = sign.undo ? store::Value() : store::Value(doing.at.str());
  const store::Value by = sign.undo ? store::Value() : store::Value(doing.login);
  const std::string note = sign.undo ? "" : sign.note;
  if (side == Side::giver)
    session.exec(
        "UPDATE handover_items SET given_at = ?, given_by = ?, given_note = ?, missing = ? WHERE item_id = ?",
        {at, by, note, int64_t{!sign.undo && sign.missing}, one.id});
  else
    session.exec("UPDATE handover_items SET taken_at = ?, taken_by = ?, taken_note = ? WHERE item_id = ?",
                 {at, by, note, one.id});
}

}  // namespace

base::Status sign_items(store::Session& session, int64_t id, Side side, const ItemSign& sign,
                        const RegisterDoing& doing) {
  if (base::characters(sign.note) > 2000) return Error{"handover.note", "备注太长", "note", "写在两千字以内"};
  if (sign.missing && !is_sentence(sign.note))
    return Error{"handover.note", "缺什么没有写", "note", "写明缺哪一份、差在哪里"};
  base::Status out;
  session.transaction([&] {
    if (out = open_for(session, id, side); !out) return;
    std::vector<HandoverItem> chosen;
    for (const HandoverItem& one : items_of(session, id)) {
      const bool named = std::find(sign.items.begin(), sign.items.end(), one.id) != sign.items.end();
      const bool waits = one.left_out.empty() && (side == Side::giver ? one.given_at : one.taken_at).empty() &&
                         (side == Side::giver || !one.given_at.empty());
      if (sign.items.empty() ? !waits : !named) continue;
      if (out = fits(one, side, sign); !out) return;
      chosen.push_back(one);
    }
    if (chosen.size() < sign.items.size()) {
      out = Error{"handover.item", "清单上没有这一项", "items", "刷新以后再签"};
      return;
    }
    for (const HandoverItem& one : chosen) write(session, one, side, sign, doing);
    if (doing.also && !chosen.empty())
      doing.also(sign.undo ? "handover.unsign_items" : "handover.sign_items", "handover " + std::to_string(id),
                 JsonObject{{"side", side == Side::giver ? "giver" : "taker"},
                            {"items", static_cast<int64_t>(chosen.size())},
                            {"missing", sign.missing}});
  });
  return out;
}

base::Status leave_out(store::Session& session, int64_t id, int64_t item, const std::string& why,
                       const RegisterDoing& doing) {
  if (!why.empty() && !is_sentence(why))
    return Error{"handover.note", "没有写不移交的原因，或太长", "why", "用一句话写明"};
  base::Status out;
  session.transaction([&] {
    auto found = records::record(session, kHandoverKind, id);
    if (!found || found->removed) return void(out = Error{"handover.unknown", "没有这一件移交", "", ""});
    for (Side side : {Side::giver, Side::taker})
      if (found->state != "draft")
        if (out = open_for(session, id, side); !out) return;
    const int64_t changed = session.exec(
        "UPDATE handover_items SET left_out = ?, given_at = NULL, given_by = NULL, given_note = '', missing = 0, "
        "taken_at = NULL, taken_by = NULL, taken_note = '' WHERE item_id = ? AND handover = ?",
        {why, item, id});
    if (!changed) return void(out = Error{"handover.item", "清单上没有这一项", "item", "刷新以后再改"});
    if (doing.also)
      doing.also(why.empty() ? "handover.put_back" : "handover.leave_out", "handover " + std::to_string(id),
                 JsonObject{{"item", item}, {"why", why}});
  });
  return out;
}

}  // namespace guanhu::attribution
