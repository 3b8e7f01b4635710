// Orders on deposits in the store: kept, decided by a second person, booked whole or not at all.
#include <algorithm>

#include "appraisal/detail/deposit_rows.h"
#include "appraisal/detail/grade_rows.h"

namespace guanhu::appraisal {

namespace {

using base::Error;
using base::Fen;
using base::Json;
using base::JsonArray;
using base::JsonObject;

Json number(const std::optional<int64_t>& value) { return value ? Json(*value) : Json(); }

Json lines_json(const std::vector<DepositOrderLine>& lines) {
  JsonArray out;
  for (const DepositOrderLine& line : lines)
    out.push_back(JsonObject{{"staff", line.staff},
                             {"role", line.role},
                             {"due", base::format_fen(line.due)},
                             {"booked", base::format_fen(line.booked)},
                             {"short", base::format_fen(line.short_of)},
                             {"share", line.share},
                             {"answers", line.answers},
                             {"booking", number(line.booking)},
                             {"reverses", number(line.reverses)}});
  return out;
}

std::optional<int64_t> maybe_number(const Json* value) {
  if (!value || !value->as_number()) return std::nullopt;
  return value->as_number()->to_int64();
}

std::vector<DepositOrderLine> read_lines(const std::string& text) {
  const Json all = Json::parse(text).value();
  std::vector<DepositOrderLine> out;
  auto fen = [](const Json& of, const char* member) {
    return base::parse_fen(*of.find(member)->as_string()).value();
  };
  for (const Json& one : *all.as_array()) {
    DepositOrderLine line;
    line.staff = *one.find("staff")->as_string(), line.role = *one.find("role")->as_string();
    line.due = fen(one, "due"), line.booked = fen(one, "booked"), line.short_of = fen(one, "short");
    line.share = *one.find("share")->as_string(), line.answers = *one.find("answers");
    line.booking = maybe_number(one.find("booking")), line.reverses = maybe_number(one.find("reverses"));
    out.push_back(std::move(line));
  }
  return out;
}

std::string_view booking_kind(const std::string& order) {
  if (order == "pay_in") return "paid_in";
  if (order == "release") return "released";
  if (order == "draw") return "drawn";
  if (order == "return") return "returned";
  if (order == "reverse") return "reversal";
  return "interest";
}

base::Status book_lines(store::Session& session, DepositOrder& order, const PeopleDoing& doing) {
  for (DepositOrderLine& line : order.lines) {
    BookingAsk ask;
    ask.staff = line.staff, ask.fund = order.fund, ask.kind = booking_kind(order.kind), ask.on = order.on;
    ask.amount = line.due, ask.reason = order.reason, ask.document = order.document, ask.order = order.id;
    ask.reverses = line.reverses;
    if (order.kind == "draw") {
      // A loss takes what is there; the rest stays owed and is shown so.
      const Fen balance = balance_of(session, line.staff, order.fund);
      ask.amount = std::min(line.due, balance);
      line.short_of = line.due - ask.amount;
      if (!ask.amount) continue;
    }
    auto booked = book(session, ask, doing);
    if (!booked.ok()) return booked.error();
    line.booking = booked->id, line.booked = booked->amount < 0 ? -booked->amount : booked->amount;
  }
  return {};
}

base::Status check_decider(const DepositOrder& order, const PeopleDoing& doing) {
  bool theirs = std::any_of(order.lines.begin(), order.lines.end(), [&](const DepositOrderLine& line) {
    return !doing.staff.empty() && line.staff == doing.staff;
  });
  if (theirs || doing.actor == order.made_by || (!doing.staff.empty() && doing.staff == order.made_staff))
    return Error{"order.self", "不能决定自己提出的，也不能决定自己的保证金", "id", "由另一位有权的人决定"};
  return {};
}

Json audit_of(const DepositOrder& order) {
  JsonArray staff;
  for (const DepositOrderLine& line : order.lines) staff.push_back(line.staff);
  return JsonObject{{"kind", order.kind},
                    {"fund", order.fund},
                    {"pack", order.pack},
                    {"pack_hash", order.pack_hash},
                    {"subject", order.subject},
                    {"document", order.document},
                    {"amount", base::format_fen(order.amount)},
                    {"staff", std::move(staff)}};
}

}  // namespace

namespace detail {

int64_t insert_order(store::Session& session, const DepositOrder& order, const PeopleDoing& doing) {
  int64_t id = 0;
  session.transaction([&] {
    session.exec(
        "INSERT INTO deposit_orders (kind, fund, pack, pack_hash, on_day, subject, document, reason, amount, "
        "basis,"
        " lines, state, made_at, made_by, made_staff) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'proposed', ?, ?, "
        "?)",
        {order.kind, order.fund, order.pack, order.pack_hash, order.on.str(), order.subject, order.document,
         order.reason, order.amount, order.basis.dump(), lines_json(order.lines).dump(), doing.at.str(),
         doing.actor, doing.staff});
    id = session.query("SELECT max(order_id) FROM deposit_orders").at(0).integer(0);
    doing.tell("deposit.propose", "deposit_order " + std::to_string(id), audit_of(order));
  });
  return id;
}

}  // namespace detail

std::vector<DepositOrder> deposit_orders(store::Session& session, int64_t id) {
  std::vector<store::Value> values;
  if (id) values.emplace_back(id);
  std::vector<DepositOrder> out;
  for (const auto& row : session.query(
           "SELECT order_id, kind, fund, pack, pack_hash, on_day, subject, document, reason, amount, basis, lines,"
           " state, made_at, made_by, made_staff, decided_at, decided_by, decided_why FROM deposit_orders" +
               std::string(id ? " WHERE order_id = ?" : "") + " ORDER BY order_id DESC",
           values)) {
    DepositOrder order;
    order.id = row.integer(0);
    order.kind = row.text(1), order.fund = row.text(2), order.pack = row.text(3), order.pack_hash = row.text(4);
    order.on = base::Date::parse(row.text(5)).value();
    order.subject = row.text(6), order.document = row.text(7), order.reason = row.text(8);
    order.amount = row.integer(9), order.basis = Json::parse(row.text(10)).value();
    order.lines = read_lines(row.text(11));
    order.state = row.text(12), order.made_at = row.text(13), order.made_by = row.text(14);
    order.made_staff = row.text(15), order.decided_at = row.maybe_text(16).value_or("");
    order.decided_by = row.maybe_text(17).value_or(""), order.decided_why = row.maybe_text(18).value_or("");
    out.push_back(std::move(order));
  }
  return out;
}

base::Result<DepositOrder> decide_order(store::Session& session, int64_t id, bool accept,
                                        const std::string& reason, const PeopleDoing& doing) {
  if (detail::blank(reason)) return Error{"order.reason", "没有写理由", "reason", ""};
  struct Refused {
    Error error;
  };
  try {
    session.transaction([&] {
      auto found = id > 0 ? deposit_orders(session, id) : std::vector<DepositOrder>{};
      if (found.empty()) throw Refused{{"order.unknown", "没有这一件", "id", ""}};
      DepositOrder& order = found.front();
      if (order.state != "proposed") throw Refused{{"order.state", "这一件已经决定了", "id", ""}};
      if (auto status = check_decider(order, doing); !status.ok()) throw Refused{status.error()};
      if (accept)
        if (auto status = book_lines(session, order, doing); !status.ok()) throw Refused{status.error()};
      session.exec(
          "UPDATE deposit_orders SET state = ?, decided_at = ?, decided_by = ?, decided_why = ?, lines = ? WHERE "
          "order_id"
          " = ?",
          {accept ? "booked" : "rejected", doing.at.str(), doing.actor, reason, lines_json(order.lines).dump(),
           id});
      doing.tell(accept ? "deposit.book" : "deposit.reject", "deposit_order " + std::to_string(id),
                 audit_of(order));
    });
  } catch (const Refused& refused) {
    return refused.error;
  }
  return deposit_orders(session, id).front();
}

}  // namespace guanhu::appraisal
