/// A report over the orders of `OrdersWorkload`, with eleven bands, 61 elements and every construct
/// of the report language.
package enum SalesReport {
  /// The text of the report.
  package static let text = #"""
    report sales "Sales by region" {
      description "What each region sold, \"largest\" first"
      source orders

      parameter since: date = 2024-01-01 min 2020-01-01 max 2030-12-31
      parameter status: string = 'open' length 1...20 pattern "[a-z]+"
      parameter least: decimal(2) = 1.50 min 0.00
      parameter rate: double = 8.25e-2
      parameter all: bool = false
      parameter until: timestamp = 2030-12-31T23:59:59Z

      format money "#,##0.00"
      format euros currency "€"
      format share percentage 1
      format balance when value < 0 use "(#,##0.00)" when value = 0 use "0.00" otherwise money
      format known null "n/a" otherwise (when value > 1000 use euros otherwise money)

      filter ($all or amount >= $least) and order_date >= $since and region is not null
      order by region, amount descending
      limit 100000

      group 1 region by region
      group 2 `order status` by lower(status)
      group 3 month by year(order_date) * 100 + month(order_date)

      variable regional: sum(amount) reset on group 1
      variable monthly: sum(amount) reset on group 3
      variable orders: count() reset on report
      variable largest: max(amount) reset on page initial 0.00
      variable balance: custom @balance + amount - @regional % 7 initial 0.00
      variable tail: percentile(99.9, discount) reset on group 2

      # The head of it.
      band title {
        label "Sales by region"
        label "since" right
        expression $since format "yyyy-MM-dd"
        image "logo.png" alternative "The logo"
        box "Draft" visible when not $all
      }
      band page header {
        label "Page"
        expression page_number()
        label "of the report"
        line
      }
      band column header {
        label "Order" width 8 right
        label "Customer" width 24
        label "Amount" width 12 right
        label "Quantity" width 8 right
        label "Share" width 8 right
        label "Status" width 8 centre
      }
      band group header 1 {
        label "Region"
        field region
        aggregate count() heading "Orders"
        aggregate sum(amount) format money
        band group header 1 visible when region = 'north' {
          label "The first of all"
        }
      }
      band group header 2 {
        label "Status"
        expression upper(status)
        aggregate distinct(customer) scope group 2
      }
      band group header 3 {
        expression year(order_date) || '-' || month(order_date)
        aggregate average(amount) format money
      }
      band detail header {
        line
        label "Details"
      }
      band detail visible when amount > 100 or $all {
        field id width 8 right
        field customer width 24
        field amount heading "Amount" format balance width 12 right
        field quantity width 8 right
        expression amount * quantity * (1.00 - 0.05) format money width 14 right
        expression if quantity > 0 then amount / quantity else null format known
        expression case when amount > 1000 then 'large' when amount > 100 then 'middle' else 'small' end
        expression round(amount * 1.0825, 2) format euros visible when status in ('open', 'shipped')
        expression amount between 10 and 100 and status not in ('held', 'lost')
        expression coalesce(discount, 0e0) * $rate format share
        expression @balance - @largest format balance
        expression -quantity % 5 + abs(quantity - 12)
        expression contains(segment, '7') or starts_with(territory, 'n')
        expression date_diff('day', $since, order_date)
        field status width 8 centre
      }
      band detail footer {
        label "Running"
        expression @orders
        expression @balance format money
      }
      band group footer 3 {
        label "Month"
        aggregate sum(amount) scope group 3 format money
        expression @monthly format money
      }
      band group footer 2 {
        label "Status"
        aggregate median(amount) scope group 2 format money
        expression @tail
      }
      band group footer 1 {
        label "Region"
        aggregate sum(amount) format money
        expression @regional format money
        chart sparkline sum(amount) by order_date
      }
      band column footer {
        aggregate sum(amount) format money
      }
      band page footer {
        aggregate count() scope page
      }
      band summary {
        label "In all"
        aggregate sum(amount) scope report format money
        chart bar sum(amount) by region title "By region"
        chart pie count() by status title "By status"
      }
    }
    """#
}
