#include "sample/writer.h"

#include <cerrno>
#include <charconv>
#include <cstring>

#include "base/error.h"

namespace guanhu::sample {

namespace {
struct Shape {
  std::string_view name, header;
  std::array<std::string_view, 3> totals;  // columns with a control total, in the order of the header
};

constexpr std::array<Shape, kFiles> kShapes = {{
    {"orgs", "org_id,parent_id,name,kind,opened_on,closed_on", {}},
    {"staff",
     "staff_id,name,org_id,position,education,title,credit_exam,credit_since,hired_on,left_on,born_on,phone",
     {}},
    {"customers",
     "customer_id,kind,name,id_type,id_no,phone,address,area_code,industry_code,org_id,is_farmer,born_on,"
     "opened_on,group_id",
     {}},
    {"relations", "customer_id,related_id,kind,share,valid_from,valid_to", {}},
    {"accounts", "account_id,customer_id,org_id,product,kind,currency,opened_on,matures_on,closed_on", {}},
    {"balances", "account_id,date,balance", {"balance"}},
    {"transactions",
     "txn_id,account_id,booked_at,amount,balance_after,counter_account,counter_name,kind,memo",
     {"amount"}},
    {"loans",
     "loan_id,contract_id,customer_id,org_id,product,kind,guarantee,principal,rate,issued_on,due_on,extended_to,"
     "settled_on,purpose",
     {"principal"}},
    {"loan_states",
     "loan_id,date,balance,overdue_principal,overdue_interest,overdue_days,class,off_balance",
     {"balance"}},
    {"repayments",
     "repayment_id,loan_id,date,principal,interest,penalty,means",
     {"principal", "interest", "penalty"}},
    {"notices", "notice_id,loan_id,kind,receiver,sent_on,receipt_on", {}},
    {"limitations", "loan_id,expires_on", {}},
    {"sales",
     "sale_id,date,customer_id,account_id,staff_id,product,quantity,amount,fee_income",
     {"amount", "fee_income"}},
    {"assignments", "subject_kind,subject_id,staff_id,role,share,valid_from,valid_to", {}},
    {"targets", "holder_kind,holder_id,indicator,period,value", {}},
    {"ledger_totals", "org_id,date,subject,amount", {"amount"}},
}};

constexpr size_t kChunk = 1 << 20;

void append_number(std::string& out, int64_t value, int width) {
  char digits[24];
  auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  for (auto n = end - digits; n < width; ++n) out += '0';
  out.append(digits, end);
}

void append_money(std::string& out, base::Fen fen) {
  if (fen < 0) out += '-';
  uint64_t size = fen < 0 ? 0 - static_cast<uint64_t>(fen) : static_cast<uint64_t>(fen);
  append_number(out, static_cast<int64_t>(size / 100), 1);
  out += '.';
  append_number(out, static_cast<int64_t>(size % 100), 2);
}

// Beside and renamed, so that a folder with a manifest is complete; not synced to the disk for each
// day, since a sample can always be written again.
void write_manifest(const std::filesystem::path& folder, const std::string& text) {
  std::filesystem::path beside = folder / "manifest.json.new";
  std::FILE* file = std::fopen(beside.c_str(), "wb");
  bool written = file && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  if (file && std::fclose(file) != 0) written = false;
  if (!written) throw base::Broken("cannot write " + beside.string() + ": " + std::strerror(errno));
  std::error_code error;
  std::filesystem::rename(beside, folder / "manifest.json", error);
  if (error) throw base::Broken("cannot write " + (folder / "manifest.json").string() + ": " + error.message());
}

// An Int128 of fen as money; control totals may pass 64 bits.
std::string total_text(base::Int128 fen) {
  base::Int128 size = fen < 0 ? -fen : fen;
  std::string out = fen < 0 ? "-" : "";
  out += base::format_int128(size / 100) + ".";
  append_number(out, static_cast<int64_t>(size % 100), 2);
  return out;
}
}  // namespace

void Row::next() {
  if (!first_) out_ += ',';
  first_ = false;
}

Row& Row::text(std::string_view value) {
  next();
  if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
    out_ += value;
    return *this;
  }
  out_ += '"';
  for (char c : value) {
    if (c == '"') out_ += '"';
    out_ += c;
  }
  out_ += '"';
  return *this;
}

Row& Row::date(base::Date value) {
  next();
  // A day's date stands in most rows: the last one is remembered.
  thread_local int32_t known = INT32_MIN;
  thread_local std::string text;
  if (value.days() != known) {
    known = value.days();
    text = value.str();
  }
  out_ += text;
  return *this;
}

Row& Row::date_if(int32_t day) { return day < 0 ? empty() : date(base::Date(day)); }

Row& Row::money(base::Fen value) {
  next();
  append_money(out_, value);
  return *this;
}

Row& Row::total(base::Fen value) {
  *totals_++ += value;
  return money(value);
}

Row& Row::integer(int64_t value) {
  next();
  append_number(out_, value, 1);
  return *this;
}

Row& Row::scaled(int64_t value, int digits) {
  int64_t unit = 1;
  for (int i = 0; i < digits; ++i) unit *= 10;
  next();
  append_number(out_, value / unit, 1);
  int64_t rest = value % unit;
  if (rest == 0) return *this;
  for (; rest % 10 == 0; rest /= 10) --digits;
  out_ += '.';
  append_number(out_, rest, digits);
  return *this;
}

Row& Row::id(char prefix, int64_t number, int width) {
  next();
  out_ += prefix;
  append_number(out_, number, width);
  return *this;
}

Row& Row::empty() {
  next();
  return *this;
}

struct Writer::Open {
  std::filesystem::path path;
  std::FILE* file = nullptr;
  std::string buffer;
  base::Sha256 digest;
  int64_t rows = 0;
  std::array<base::Int128, 3> totals = {};
  ~Open() {
    if (file) std::fclose(file);
  }
};

Writer::Writer(std::filesystem::path out, uint64_t seed)
    : out_(std::move(out)), bank_("sample-" + std::to_string(seed)) {}
Writer::~Writer() = default;

void Writer::begin_day(base::Date date) {
  date_ = date;
  folder_ = out_ / date.str();
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) throw base::Broken("cannot make the folder " + folder_.string() + ": " + error.message());
}

Row Writer::row(File which) {
  auto index = static_cast<size_t>(which);
  auto& open = open_[index];
  if (!open) {
    open = std::make_unique<Open>();
    open->path = folder_ / (std::string(kShapes[index].name) + ".csv");
    open->file = std::fopen(open->path.c_str(), "wb");
    if (!open->file) throw base::Broken("cannot write " + open->path.string() + ": " + std::strerror(errno));
    open->buffer = std::string(kShapes[index].header) + "\r\n";
  }
  if (open->buffer.size() >= kChunk) flush(*open);
  return Row(open->buffer, open->rows, open->totals.data());
}

void Writer::flush(Open& open) {
  open.digest.add(open.buffer);
  if (std::fwrite(open.buffer.data(), 1, open.buffer.size(), open.file) != open.buffer.size())
    throw base::Broken("cannot write " + open.path.string() + ": " + std::strerror(errno));
  written_.bytes += static_cast<int64_t>(open.buffer.size());
  open.buffer.clear();
}

void Writer::end_day() {
  std::string manifest = "{\n  \"bank\": \"" + bank_ + "\",\n  \"business_date\": \"" + date_.str() +
                         "\",\n  \"encoding\": \"UTF-8\",\n  \"delimiter\": \",\",\n  \"files\": {";
  const char* separator = "\n";
  for (size_t i = 0; i < kFiles; ++i) {
    if (!open_[i]) continue;
    Open& open = *open_[i];
    flush(open);
    if (std::fclose(std::exchange(open.file, nullptr)) != 0)
      throw base::Broken("cannot write " + open.path.string() + ": " + std::strerror(errno));
    manifest += std::string(separator) + "    \"" + std::string(kShapes[i].name) +
                ".csv\": { \"rows\": " + std::to_string(open.rows) + ", \"sha256\": \"" + open.digest.hex() + "\"";
    std::string totals;
    for (size_t t = 0; t < 3 && !kShapes[i].totals[t].empty(); ++t) {
      totals += totals.empty() ? "" : ", ";
      totals += "\"" + std::string(kShapes[i].totals[t]) + "\": \"" + total_text(open.totals[t]) + "\"";
    }
    if (!totals.empty()) manifest += ", \"totals\": { " + totals + " }";
    manifest += " }";
    separator = ",\n";
    ++written_.files;
    written_.rows += open.rows;
    open_[i].reset();
  }
  manifest += "\n  }\n}\n";
  write_manifest(folder_, manifest);
}

}  // namespace guanhu::sample
