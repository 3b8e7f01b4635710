// guanhu sample: writes the feed of a made-up county bank.
#include <ostream>

#include "base/error.h"
#include "cli/command.h"
#include "cli/options.h"
#include "sample/sample.h"

namespace guanhu::cli {

namespace {
constexpr std::string_view kHelp =
    R"(usage: guanhu sample --out DIR [--customers N] [--managers N] [--from DATE] [--to DATE] [--seed N]

Writes a realistic feed of a made-up county bank into DIR: one folder for every calendar day, with
manifest.json and CSV files, ready for `guanhu import`. The first day brings the opening state in
full, later days what changed. The same options give the same bytes on every machine.

  --out DIR        a new or empty folder, or one that holds a sample of the same options
  --customers N    customers on the first day, 1 to 5000000 (default 2000); about 4 % come in a year
  --managers N     customer managers on the first day, 1 to 20000 (default 20); a branch has about eight
  --from DATE      first business date, YYYY-MM-DD (default 2025-01-01)
  --to DATE        last business date, included (default: 31 December of the first year);
                   years 2010 to 2040
  --seed N         another number, another bank (default 1)

Names, numbers and phones are made up and say so. Example:
  guanhu sample --out feed && guanhu import --data bank feed
)";

base::Status read_date(const Options& options, std::string_view name, base::Date& date) {
  auto text = options.get(name);
  if (!text) return {};
  auto parsed = base::Date::parse(*text);
  if (!parsed)
    return base::Error{"cli.date", "--" + std::string(name) + " takes a day, not '" + *text + "'", "",
                       "write it as 2025-12-31"};
  date = *parsed;
  return {};
}

base::Result<sample::Options> read_options(const Options& options) {
  sample::Options out;
  if (!options.rest().empty())
    return base::Error{"cli.argument", "'" + options.rest()[0] + "' is not expected here", "", "see --help"};
  auto folder = options.need("out");
  if (!folder.ok()) return folder.error();
  out.out = *folder;
  auto customers = options.number("customers", static_cast<long>(out.customers));
  if (!customers.ok()) return customers.error();
  auto managers = options.number("managers", static_cast<long>(out.managers));
  if (!managers.ok()) return managers.error();
  auto seed = options.number("seed", static_cast<long>(out.seed));
  if (!seed.ok()) return seed.error();
  out.customers = *customers;
  out.managers = *managers;
  out.seed = static_cast<uint64_t>(*seed);
  if (auto status = read_date(options, "from", out.from); !status.ok()) return status.error();
  if (options.has("from")) out.to = *base::Date::from_ymd(out.from.year(), 12, 31);
  if (auto status = read_date(options, "to", out.to); !status.ok()) return status.error();
  return out;
}

void print_summary(std::ostream& out, const sample::Options& o, const sample::Summary& s) {
  out << s.dates << " business dates, " << o.from.str() << " to " << o.to.str() << ", written to "
      << o.out.string() << "\n"
      << s.files << " files, " << s.rows << " rows, " << (s.bytes + 500000) / 1000000 << " MB\n"
      << s.organisations << " organisations, " << s.staff << " staff, " << s.managers << " managers of whom "
      << s.leavers << " left\n"
      << s.customers << " customers, " << s.accounts << " accounts, " << s.loans << " loans\n";
}

int run(const std::vector<std::string>& arguments, Io& io) {
  auto fail = [&](const base::Error& error) {
    io.err << "guanhu sample: " << error.text() << "\n";
    return kWrong;
  };
  auto parsed = Options::parse(arguments, {"out", "customers", "managers", "from", "to", "seed"}, {});
  if (!parsed.ok()) return fail(parsed.error());
  auto options = read_options(*parsed);
  if (!options.ok()) return fail(options.error());
  auto progress = [&](base::Date day, int64_t done, int64_t all) {
    if (io.progress)
      io.err << "\r" << day.str() << "  " << done << " of " << all << (done == all ? "\n" : "") << std::flush;
  };
  auto summary = sample::write_sample(*options, progress);
  if (!summary.ok()) return fail(summary.error());
  print_summary(io.out, *options, *summary);
  return kDone;
}
}  // namespace

const Command kSampleCommand = {"sample", "writes the feed of a made-up county bank", kHelp, run};

}  // namespace guanhu::cli
